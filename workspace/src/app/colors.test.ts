import { describe, expect, it } from 'vitest';
import { hexToHsv, hsvToHex, inkOn, luminanceOf, OBJECT_COLORS, PARTICIPANT_COLORS } from './colors';

describe('colours', () => {
  it.each([...OBJECT_COLORS, ...PARTICIPANT_COLORS, '#000000', '#ffffff', '#ff0000', '#00ff00', '#0000ff'])('given %s when turned to HSV and back then it is the same', (hex) => {
    expect(hsvToHex(hexToHsv(hex))).toBe(hex);
  });

  it('given a light and a dark colour then the ink contrasts', () => {
    expect(inkOn('#ffffff')).toBe('#17181a');
    expect(inkOn('#101010')).toBe('#ffffff');
  });

  it('given any colour then the ink on it has the contrast that WCAG 2.2 AA asks for', () => {
    const greys = Array.from({ length: 256 }, (_, grey) => `#${grey.toString(16).padStart(2, '0').repeat(3)}`);
    for (const hex of [...greys, ...OBJECT_COLORS, ...PARTICIPANT_COLORS, '#ff0000', '#00ff00', '#0000ff']) {
      const [lighter = 0, darker = 0] = [luminanceOf(hex), luminanceOf(inkOn(hex))].sort((a, b) => b - a);
      expect((lighter + 0.05) / (darker + 0.05), hex).toBeGreaterThanOrEqual(4.5);
    }
  });
});
