import { useEffect, useState } from 'react';
import { fetchAs } from './fetchAs';
import { useStanding } from './present';

interface Picture {
  /** For an image's `src`; undefined where there is none, or none yet. */
  readonly address: string | undefined;
  /** The image could not be shown. */
  readonly failed: () => void;
}

/**
 * Where an image can show a session's picture from. An image says nobody's name: where that is not enough, because
 * somebody is signed in or the session is for members only, the picture is fetched, and let go again.
 *
 * @param isOpen whether everybody may see the session, as far as one knows
 */
export function usePicture(path: string | undefined, isOpen: boolean): Picture {
  const { user } = useStanding();
  const [refused, setRefused] = useState<string>();
  const [held, setHeld] = useState<{ readonly path: string; readonly url: string }>();
  const [missing, setMissing] = useState<string>();
  const fetching = path !== undefined && (user !== undefined || !isOpen || path === refused);

  useEffect(() => {
    if (!fetching) return undefined;
    const left = new AbortController();
    let url: string | undefined;
    fetchAs(path, { signal: left.signal }).then(
      async (response) => {
        if (!response.ok) return;
        const picture = await response.blob();
        if (left.signal.aborted) return;
        url = URL.createObjectURL(picture);
        setHeld({ path, url });
      },
      // It stays a drawing.
      () => undefined,
    );
    return () => {
      left.abort();
      setHeld(undefined);
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [path, fetching]);

  if (path === undefined || path === missing) return { address: undefined, failed: () => undefined };
  if (fetching) return { address: held?.path === path ? held.url : undefined, failed: () => setMissing(path) };
  return { address: path, failed: () => setRefused(path) };
}
