# Becomes the packaged server. Sourced by ./chorale and the end-to-end tests, which give $root, CHORALE_DATA_DIR, WLP_USER_DIR and WLP_OUTPUT_DIR.

server="$(echo "$root"/.chorale/liberty-*/wlp)/bin/server"
# Liberty finds out by itself, but only after 30 silent seconds.
if [ -e "$WLP_OUTPUT_DIR/chorale/workarea/.sLock" ] && "$server" status chorale >/dev/null 2>&1; then
  echo "Chorale already runs on $CHORALE_DATA_DIR; set CHORALE_DATA_DIR and CHORALE_HTTP_PORT for another server." >&2
  exit 1
fi
exec "$server" run chorale
