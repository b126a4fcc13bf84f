import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };
const ENUM = { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' };

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', '**/target/', '**/test-results/', '**/playwright-report/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict],
    rules: {
      'no-restricted-syntax': ['error', DEFAULT_EXPORT, ENUM],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['client-js/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: { '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }] },
  },
  {
    files: ['client-js/src/**/*.ts'],
    ignores: ['client-js/src/react/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['react', 'react-*', 'react/*', 'three', '@react-three/*'],
              message: 'Only the binding in react/ knows React.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['workspace/**/*.{ts,tsx}', 'e2e/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@chorale/client/*', '!@chorale/client/react', '!@chorale/client/access', '!@chorale/client/account', '!@chorale/client/assets', '!@chorale/client/history', '**/client-js/**'],
              message: 'Import from @chorale/client, or its React binding, only.',
            },
          ],
        },
      ],
    },
  },
  // TypeScript checks these too, and knows Node's globals.
  { files: ['bench/**/*.mjs', 'distribution/*.mjs', '.mvn/*.mjs'], rules: { 'no-undef': 'off' } },
  // The tools' own files are read by their default export.
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': ['error', ENUM] } },
);
