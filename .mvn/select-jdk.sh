# Exports the first JDK 25 or newer as JAVA_HOME. Sourced by ./mvnw and ./chorale.
# Looks at JAVA_HOME, then where package managers put JDKs; reads each `release` file, starts no java.

jdk_feature_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

select_jdk() {
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(jdk_feature_version "$candidate") || continue
    if [ "${version:-0}" -ge 25 ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "Chorale needs a JDK 25 or newer: install one (https://adoptium.net) or point JAVA_HOME at it." >&2
  return 1
}

select_jdk || exit 1
