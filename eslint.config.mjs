import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '**/*.js',
      '**/*.d.ts',
      '.venv',
      'bench/.peers',
      'course',
      'coverage',
      'lib',
      'math4ml_lab',
      // Its names are those of the contract.
      'src/wire.ts'
    ]
  },
  js.configs.recommended,
  tseslint.configs.strict,
  { plugins: { jupyter } },
  jupyter.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      curly: 'error',
      eqeqeq: 'error',
      // The bundle is small, and the panel needs all of it at once.
      'jupyter/prefer-lazy-imports': 'off',
      'max-lines': ['error', 320],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }]
    }
  },
  {
    files: ['bench/*.mjs'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } }
  },
  {
    files: ['src/__tests__/**', 'ui-tests/**'],
    rules: {
      // What a test says, nobody translates.
      'jupyter/no-untranslated-string': 'off',
      'max-lines-per-function': 'off'
    }
  },
  prettier
);
