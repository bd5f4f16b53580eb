import { readdirSync } from 'node:fs';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { textInCatalogue, textInElement } from './eslint-text-rule.js';

// The floors of src/, lowest first: each folder, and the folders below it that its code may import.
const floors = {
  texts: [],
  api: ['texts'],
  ui: ['texts', 'api'],
  session: ['texts', 'api', 'ui'],
  savedTexts: ['texts', 'api', 'ui', 'session'],
  live: ['texts', 'api', 'ui'],
  members: ['texts', 'api', 'ui'],
  files: ['texts', 'api', 'ui'],
  contacts: ['texts', 'api', 'ui', 'session', 'live', 'members'],
  safety: ['texts', 'api', 'ui', 'session', 'members', 'contacts'],
  invites: ['texts', 'api', 'ui', 'session', 'savedTexts', 'members', 'contacts', 'safety'],
  connections: ['texts', 'api', 'ui', 'live', 'members', 'contacts', 'safety'],
  creators: ['texts', 'api', 'ui', 'session', 'live', 'members', 'contacts', 'safety', 'invites'],
  profile: ['texts', 'api', 'ui', 'session', 'members', 'files', 'creators'],
  'messenger/files': ['texts', 'api', 'ui', 'session', 'members', 'files'],
  'messenger/history': ['texts', 'api', 'ui', 'session', 'live', 'members', 'contacts'],
  'messenger/outbox': ['texts', 'api', 'session', 'live', 'members', 'files', 'messenger/files', 'messenger/history'],
  'messenger/composer': ['texts', 'api', 'ui', 'session', 'savedTexts', 'members', 'files', 'messenger/files'],
  'messenger/search': ['texts', 'api', 'ui', 'members', 'messenger/history'],
  'messenger/log': [
    ...['texts', 'api', 'ui', 'session', 'members'],
    ...['messenger/files', 'messenger/history', 'messenger/outbox', 'messenger/composer', 'messenger/search'],
  ],
  'messenger/list': ['texts', 'api', 'ui', 'members', 'contacts', 'messenger/files', 'messenger/history', 'messenger/outbox'],
  'messenger/conversation': [
    ...['texts', 'api', 'ui', 'session', 'live', 'members', 'files', 'contacts', 'safety', 'invites'],
    ...['messenger/files', 'messenger/history', 'messenger/outbox', 'messenger/composer', 'messenger/search', 'messenger/log'],
    ...['messenger/list'],
  ],
  messenger: ['texts', 'api', 'ui', 'contacts', 'messenger/list', 'messenger/conversation'],
  moderation: ['texts', 'api', 'ui', 'session', 'members', 'files'],
  app: [
    ...['texts', 'api', 'ui', 'session', 'live', 'members', 'contacts', 'safety', 'invites', 'connections', 'creators', 'profile'],
    ...['messenger', 'messenger/history', 'messenger/outbox', 'moderation'],
  ],
  testing: ['texts', 'api', 'ui'],
};

const src = `${import.meta.dirname}/src`;
const order = Object.keys(floors);
for (const [folder, below] of Object.entries(floors)) {
  const higher = below.find((other) => !order.slice(0, order.indexOf(folder)).includes(other));
  if (higher !== undefined) {
    throw new Error(`eslint.config.js: "${folder}" may not import "${higher}", which is not on a lower floor.`);
  }
}

for (const { parentPath, name } of readdirSync(src, { recursive: true, withFileTypes: true })) {
  const folder = parentPath.slice(src.length + 1);
  if (/\.tsx?$/.test(name) && folder !== '' && !order.includes(folder)) {
    throw new Error(`eslint.config.js: ${folder}/${name} is in a folder without a floor.`);
  }
}

/** Forbids every import between the folders of src/ that the table does not allow. `more` names folders that all may import. */
const restrictedPaths = (more) => [
  'error',
  {
    zones: order.map((folder) => ({
      target: `${src}/${folder}/*`,
      from: `${src}/**`,
      except: [...new Set([folder, ...floors[folder], ...more])].map((allowed) => `${src}/${allowed}/*`),
      message: `Code in "${folder}" may import only ${[folder, ...floors[folder]].join(', ')}: see the floors in eslint.config.js.`,
    })),
  },
];

export default tseslint.config(
  { ignores: ['dist*', 'node_modules', 'src/api/schema.d.ts'] },
  {
    files: ['src/**/*.{ts,tsx}', '*.ts'],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      jsxA11y.flatConfigs.strict,
      reactHooks.configs.flat.recommended,
      importX.flatConfigs.typescript,
    ],
    plugins: { 'import-x': importX, text: { rules: { 'in-catalogue': textInCatalogue, 'in-element': textInElement } } },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.d.ts', '.js'], alias: { '@': [src] } })],
    },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'text/in-catalogue': 'error',
      'text/in-element': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': restrictedPaths([]),
      'no-restricted-imports': ['error', { patterns: [{ group: ['../*'], message: 'Import from another folder by "@/".' }] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An event handler may be async. It handles its own failures.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Safari does not announce a list without bullets as a list unless it has the role.
      'jsx-a11y/no-redundant-roles': ['error', { ul: ['list'], ol: ['list'] }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: ['*.ts', 'src/texts/en*.ts', 'src/testing/*', 'src/**/*.test.{ts,tsx}'], rules: { 'text/in-catalogue': 'off' } },
  { files: ['src/**/*.test.{ts,tsx}'], rules: { 'import-x/no-restricted-paths': restrictedPaths(['testing']) } },
);
