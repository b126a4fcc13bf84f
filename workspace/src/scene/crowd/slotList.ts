/** A list of small numbers that is filled anew again and again without making garbage. */
export class SlotList {
  count = 0;
  entries = new Uint32Array(64);

  clear(): void {
    this.count = 0;
  }

  push(entry: number): void {
    if (this.count === this.entries.length) {
      const larger = new Uint32Array(this.entries.length * 2);
      larger.set(this.entries);
      this.entries = larger;
    }
    this.entries[this.count] = entry;
    this.count += 1;
  }
}
