import type { FileToAudit } from '../../audit/assessFile.ts';
import type { Engine } from '../../engines/engine.ts';

/** Files that are left out once the signal is aborted: whoever comes to them then does not read them. */
export function filesWithinTime(files: readonly FileToAudit[], timeSignal: AbortSignal): readonly FileToAudit[] {
  return files.map((file): FileToAudit => ({
    ...file,
    get leftOut() {
      return file.leftOut ?? (timeSignal.aborted ? 'out of time' : undefined);
    },
  }));
}

/** An engine that answers until the signal is aborted; what it is at then, and all that it is asked later, rejects with the reason. */
export function engineWithinTime(engine: Engine, timeSignal: AbortSignal): Engine {
  const inTime = <Request extends { readonly abortSignal?: AbortSignal }>(request: Request): Request => {
    const { abortSignal } = request;
    return { ...request, abortSignal: abortSignal ? AbortSignal.any([abortSignal, timeSignal]) : timeSignal };
  };
  return {
    name: engine.name,
    capabilities: engine.capabilities,
    get source() {
      return engine.source;
    },
    score: (request) => engine.score(inTime(request)),
    alternatives: (request) => engine.alternatives(inTime(request)),
    generate: (request) => engine.generate(inTime(request)),
    close: () => engine.close(),
  };
}
