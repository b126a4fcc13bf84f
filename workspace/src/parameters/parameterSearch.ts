import { parameterName, type Parameter } from './parameterSet';

/** A list that is longer can be searched. */
export const MOST_WITHOUT_SEARCH = 12;

/** The parameters whose name, symbol or unit has all the words in it that somebody typed. */
export function found(parameters: readonly Parameter[], typed: string): readonly Parameter[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return parameters;
  return parameters.filter(({ name, symbol, unit }) => {
    const said = folded(`${parameterName(name)} ${name} ${symbol} ${unit}`);
    return words.every((word) => said.includes(word));
  });
}

/** Small letters without accents: "Dämpfung" is found by "dampf". */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
