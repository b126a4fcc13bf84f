import { build } from 'vite';
import { expect, it } from 'vitest';

/** What everybody who opens a page has to load, in bytes. */
const LARGEST = 40 * 1024;

async function gzipped(entry: string): Promise<number> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry: new URL(entry, import.meta.url).pathname, formats: ['es'] },
      rolldownOptions: { external: ['react'] },
    },
  });
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
  const code = outputs.flatMap(({ output }) => output).map((chunk) => (chunk.type === 'chunk' ? chunk.code : ''));
  const stream = new Blob(code).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

it('the client with its dependency is smaller than 40 KB, compressed', async () => {
  const bytes = await gzipped('../src/index.ts');
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(LARGEST);
});

it('the React binding is hardly anything on top', async () => {
  expect(await gzipped('../src/react/index.ts')).toBeLessThan(LARGEST);
});
