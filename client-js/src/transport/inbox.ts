/** Frames in the order in which they came, although a compressed one takes a moment to be read. */
export class Inbox {
  /** What waits behind a frame that is being inflated, itself included; nothing where none is. */
  #waiting: { handle: (() => void) | undefined }[] = [];

  /** Handles what came: at once, unless something earlier is not read yet. */
  take(handle: () => void): void {
    if (this.#waiting.length === 0) handle();
    else this.#waiting.push({ handle });
  }

  /** As {@link take}, for what is to be inflated first; a failure is handled in its place, too. */
  takeInflated(data: BufferSource | Blob, handle: (text: string) => void, failed: (reason: unknown) => void): void {
    const place: { handle: (() => void) | undefined } = { handle: undefined };
    this.#waiting.push(place);
    inflated(data).then(
      (text) => {
        place.handle = () => {
          handle(text);
        };
        this.#drain();
      },
      (reason: unknown) => {
        place.handle = () => {
          failed(reason);
        };
        this.#drain();
      },
    );
  }

  #drain(): void {
    for (let first = this.#waiting[0]; first?.handle; first = this.#waiting[0]) {
      this.#waiting.shift();
      first.handle();
    }
  }
}

/** Whether raw deflate can be read here: in every browser since 2023, in Node since 20.12. */
export function canInflate(): boolean {
  try {
    new DecompressionStream('deflate-raw');
    return true;
  } catch {
    return false;
  }
}

async function inflated(data: BufferSource | Blob): Promise<string> {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).text();
}
