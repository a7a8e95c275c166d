import * as vscode from 'vscode';
import type { RegionId } from '../../core/words.ts';
import type {
  FileOutline,
  JudgedFileOutline,
  QuietOutline,
  RegionOutline,
  SpanOutline,
} from '../../report/reportOutline.ts';
import type { Owned } from '../owned.ts';

/** A file of the last audit and the way from its positions to documents: the cells of a notebook are several. */
export interface ReportedFile {
  readonly outline: FileOutline;
  readonly uri: vscode.Uri;
  locate(outline: RegionOutline | SpanOutline | QuietOutline): vscode.Location;
}

export interface FileNode {
  readonly kind: 'file';
  readonly file: ReportedFile & { readonly outline: JudgedFileOutline };
  readonly regions: readonly RegionNode[];
}

export interface RegionNode {
  readonly kind: 'region';
  readonly parent: FileNode;
  readonly outline: RegionOutline;
  readonly spans: readonly SpanNode[];
  readonly quiet: readonly QuietNode[];
}

export interface SpanNode {
  readonly kind: 'span';
  readonly parent: RegionNode;
  readonly outline: SpanOutline;
}

/** What a comment keeps quiet: it can be looked up, and is in nobody's way. */
export interface QuietNode {
  readonly kind: 'quiet';
  readonly parent: RegionNode;
  readonly outline: QuietOutline;
}

export interface LeftOutNode {
  readonly kind: 'leftOut';
  readonly files: readonly SkippedNode[];
}

export interface SkippedNode {
  readonly kind: 'skipped';
  readonly parent: LeftOutNode;
  readonly file: ReportedFile;
  readonly reason: string;
}

/** A place in a file. */
export type PlaceNode = SpanNode | QuietNode;

export type ReportNode = FileNode | RegionNode | PlaceNode | LeftOutNode | SkippedNode;

/** What the last audit found, as a tree, and the way through it. */
export interface ReportModel extends Owned {
  readonly onDidChange: vscode.Event<void>;
  readonly roots: readonly ReportNode[];
  /** The regions with something to look at, in the order in which to look: most trouble expected for the effort first. */
  readonly queue: readonly RegionNode[];
  /** Said over the tree. */
  readonly note: string;
  /** Whether there was an audit since the last `clear`. */
  readonly isThere: boolean;
  /** How many reports were shown: tells a fresh one from one that is brought up to date. */
  readonly edition: number;
  show(files: readonly ReportedFile[], note: string): void;
  /** Puts a file that was judged again in its old place; one that is not in the report changes nothing. */
  update(file: ReportedFile): void;
  has(uri: vscode.Uri): boolean;
  /** Puts the regions with a strength at the head of the queue, the strongest first, until there is another report. */
  putFirst(strengths: ReadonlyMap<RegionId, number>): void;
  clear(): void;
}

export function createReportModel(): ReportModel {
  const changed = new vscode.EventEmitter<void>();
  let files: readonly ReportedFile[] = [];
  let roots: readonly ReportNode[] = [];
  let queue: readonly RegionNode[] = [];
  /** What regions were found to be beside each other, by an engine that was asked. */
  let strengths: ReadonlyMap<RegionId, number> = new Map();
  let note = '';
  let isThere = false;
  let edition = 0;

  function build(next: readonly ReportedFile[]): void {
    files = next;
    const judged = files.filter(isJudged).map(fileNode);
    const skipped = files.filter((file) => !isJudged(file));
    roots = skipped.length === 0 ? judged : [...judged, leftOutNode(skipped)];
    queue = judged
      .flatMap((file) => file.regions)
      .filter(({ spans }) => spans.length > 0)
      .toSorted((a, b) => byStrength(strengths, a.outline, b.outline) || byTrouble(a.outline, b.outline));
    changed.fire();
  }

  return {
    onDidChange: changed.event,
    get roots() {
      return roots;
    },
    get queue() {
      return queue;
    },
    get note() {
      return note;
    },
    get isThere() {
      return isThere;
    },
    get edition() {
      return edition;
    },
    show(shown, said) {
      edition++;
      note = said;
      isThere = true;
      strengths = new Map();
      build(shown);
    },
    update(file) {
      const uri = file.uri.toString();
      if (files.some((other) => other.uri.toString() === uri))
        build(files.map((other) => (other.uri.toString() === uri ? file : other)));
    },
    putFirst(found) {
      strengths = found;
      build(files);
    },
    has: (uri) => files.some((file) => file.uri.toString() === uri.toString()),
    clear() {
      note = '';
      isThere = false;
      build([]);
    },
    dispose() {
      changed.dispose();
    },
  };
}

/** Those that were judged before the others, which come by their least likely token (docs/decisions/review-queue.md). */
function byTrouble(a: RegionOutline, b: RegionOutline): number {
  if (a.troublePerToken !== null && b.troublePerToken !== null) return b.troublePerToken - a.troublePerToken;
  return (
    Number(a.troublePerToken === null) - Number(b.troublePerToken === null) || (b.peakBits ?? 0) - (a.peakBits ?? 0)
  );
}

function byStrength(strengths: ReadonlyMap<RegionId, number>, a: RegionOutline, b: RegionOutline): number {
  const [own, other] = [strengths.get(a.id), strengths.get(b.id)];
  if (own !== undefined && other !== undefined) return other - own;
  return Number(own === undefined) - Number(other === undefined);
}

function isJudged(file: ReportedFile): file is FileNode['file'] {
  return !('skipped' in file.outline);
}

function fileNode(file: FileNode['file']): FileNode {
  const regions: RegionNode[] = [];
  const node: FileNode = { kind: 'file', file, regions };
  for (const outline of file.outline.regions) {
    const spans: SpanNode[] = [];
    const quiet: QuietNode[] = [];
    const region: RegionNode = { kind: 'region', parent: node, outline, spans, quiet };
    for (const span of outline.spans) spans.push({ kind: 'span', parent: region, outline: span });
    for (const place of outline.quiet) quiet.push({ kind: 'quiet', parent: region, outline: place });
    regions.push(region);
  }
  return node;
}

function leftOutNode(skipped: readonly ReportedFile[]): LeftOutNode {
  const files: SkippedNode[] = [];
  const node: LeftOutNode = { kind: 'leftOut', files };
  for (const file of skipped) {
    if ('skipped' in file.outline) files.push({ kind: 'skipped', parent: node, file, reason: file.outline.skipped });
  }
  return node;
}
