import { describe, expect, it } from 'vitest';
import { hexToHsv, hsvToHex, inkOn, OBJECT_COLORS, PARTICIPANT_COLORS } from './colors';

describe('colours', () => {
  it.each([...OBJECT_COLORS, ...PARTICIPANT_COLORS, '#000000', '#ffffff', '#ff0000', '#00ff00', '#0000ff'])('given %s when turned to HSV and back then it is the same', (hex) => {
    expect(hsvToHex(hexToHsv(hex))).toBe(hex);
  });

  it('given a light and a dark colour then the ink contrasts', () => {
    expect(inkOn('#ffffff')).toBe('#17181a');
    expect(inkOn('#101010')).toBe('#ffffff');
  });
});
