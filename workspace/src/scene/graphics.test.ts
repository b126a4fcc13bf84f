import { expect, test } from 'vitest';
import { graphicsNamed } from './graphics';

test.each([
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
  'llvmpipe (LLVM 15.0.6, 256 bits)',
  'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
])('without a graphics card there is less to draw: %s', (renderer) => {
  expect(graphicsNamed(renderer)).toBe('software');
});

test.each(['ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0)', 'Apple M2', 'Mali-G78', '', undefined, null, 7])(
  'a card, or what a browser hides, gets everything: %s',
  (renderer) => {
    expect(graphicsNamed(renderer)).toBe('card');
  },
);
