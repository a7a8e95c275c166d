import { notKept } from './notKept.ts';
import type { AuditStore, ExplainedRegion, StoredFile } from './auditStore.ts';

/** A store for one audit of few files: it keeps nothing beyond its process. */
export function memoryStore(): AuditStore {
  const files = new Map<string, { readonly file: StoredFile; readonly record: Uint8Array }>();
  const explained = new Map<string, string>();
  const keyOf = (path: string, slot: string): string => `${slot}\0${path}`;
  const regionKey = ({ path, slot, maker, digest, index }: ExplainedRegion): string =>
    [slot, path, maker, digest, index].join('\0');
  return {
    find: (path, slot) => files.get(keyOf(path, slot))?.file ?? null,
    keep(file, record) {
      files.set(keyOf(file.path, file.slot), { file, record });
    },
    restamp(path, slot, stamp) {
      const kept = files.get(keyOf(path, slot));
      if (kept !== undefined) files.set(keyOf(path, slot), { ...kept, file: { ...kept.file, stamp } });
    },
    recordsNow() {
      const then = new Map(files);
      return {
        record({ path, slot, maker, digest }) {
          const kept = then.get(keyOf(path, slot));
          if (kept?.file.maker === maker && kept.file.digest === digest) return kept.record;
          throw notKept(path);
        },
      };
    },
    explained: (region) => explained.get(regionKey(region)) ?? null,
    keepExplained(region, assessment) {
      explained.set(regionKey(region), assessment);
    },
    close() {
      files.clear();
      explained.clear();
    },
  };
}
