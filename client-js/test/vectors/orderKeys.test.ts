/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import file from '../../../protocol-vectors/order-keys.json?raw';
import { isOrderKey, orderKeyBetween, spreadOrderKeys } from '../../src/document/orderKey.js';

interface Bounds {
  readonly low: string | null;
  readonly high: string | null;
}

type Vector = { readonly name: string } & (
  | (Bounds & { readonly between: string })
  | (Bounds & { readonly count: number; readonly spread: readonly string[] })
  | { readonly key: string; readonly valid: boolean }
);

const VECTORS = (JSON.parse(file) as { cases: readonly Vector[] }).cases;

describe('order keys: what the server finds as well', () => {
  it.each(VECTORS.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    if ('valid' in vector) {
      expect(isOrderKey(vector.key)).toBe(vector.valid);
      return;
    }
    const [low, high] = [vector.low ?? undefined, vector.high ?? undefined];
    if ('spread' in vector) expect(spreadOrderKeys(low, high, vector.count)).toEqual(vector.spread);
    else expect(orderKeyBetween(low, high)).toBe(vector.between);
  });
});
