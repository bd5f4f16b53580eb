import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** Adds `sw.js`: `serviceWorker.js` with the paths of everything that the client needs to start and to show its pages. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const built = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'));
        const icons = readdirSync(`${import.meta.dirname}/public`).filter((name) => /\.(ico|png|svg|webmanifest)$/.test(name));
        const files = JSON.stringify(['', ...built, ...icons].map((name) => `/${name}`));
        const source = readFileSync(`${import.meta.dirname}/serviceWorker.js`, 'utf8');
        const page = readFileSync(`${import.meta.dirname}/index.html`, 'utf8');
        // The names of assets change with their content.
        const build = createHash('sha256')
          .update(files + page + source)
          .digest('hex');
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: source.replace('${BUILD}', build.slice(0, 12)).replace('= FILES', `= ${files}`),
        });
      },
    },
  };
}

/**
 * Fails a build in which Explore needs more than this before it shows creators. `LoadingTests` holds a browser to the same number.
 *
 * @param most of scripts and styles, in gzipped bytes.
 * @param atOnce modules that the entry imports on demand, and demands at once.
 */
export function budget(most: number, atOnce: readonly string[]): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const sizes = [...firstFiles(bundle, atOnce)].map(
          (name) => [name, gzipSync(contentOf(bundle, name), { level: 9 }).length] as const,
        );
        const sum = sizes.reduce((total, [, size]) => total + size, 0);
        const list = `${sum} of ${most} bytes (gzip): ${sizes.map(([name, size]) => `${name} ${size}`).join(', ')}`;
        if (sum > most) {
          this.error(`Explore loads too much: ${list}. Load what it does not show at first on demand.`);
        }

        this.info(`Explore loads ${list}`);
      },
    },
  };
}

/** The entry and what is imported at once, all that these import, and their styles. */
function firstFiles(bundle: Bundle, atOnce: readonly string[]): ReadonlySet<string> {
  const isAtOnce = (module: string | null) => atOnce.some((path) => module === `${import.meta.dirname}/${path}`);
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const missing = atOnce.find((path) => !chunks.some((chunk) => chunk.facadeModuleId === `${import.meta.dirname}/${path}`));
  if (missing !== undefined) {
    throw new Error(`The budget counts ${missing}, which is not loaded on demand.`);
  }

  const found = new Set<string>();
  const add = (name: string) => {
    const file = bundle[name];
    if (file?.type === 'chunk' && !found.has(name)) {
      found.add(name);
      file.imports.forEach(add);
      file.viteMetadata?.importedCss.forEach((style) => found.add(style));
    }
  };
  chunks.filter((chunk) => chunk.isEntry || isAtOnce(chunk.facadeModuleId)).forEach(({ fileName }) => add(fileName));
  return found;
}

function contentOf(bundle: Bundle, name: string): string | Uint8Array {
  const file = bundle[name];
  return file === undefined ? '' : file.type === 'chunk' ? file.code : file.source;
}
