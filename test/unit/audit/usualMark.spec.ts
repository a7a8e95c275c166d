import { describe, expect, it } from 'vitest';
import { usualMark } from '../../../src/audit/usualMark.ts';

describe('usualMark', () => {
  it.each([
    ['vendor/a/b.go', 'vendored'],
    ['src/third_party/x.c', 'vendored'],
    ['src/ThirdParty/x.c', 'vendored'],
    ['3rdparty/x.c', 'vendored'],
    ['ios/Pods/A/a.m', 'vendored'],
    ['.yarn/releases/yarn-4.0.0.cjs', 'vendored'],
    ['gradlew', 'vendored'],
    ['js/jquery-3.6.0.slim.min.js', 'vendored'],
    ['js/jquery.js', 'vendored'],
    ['a/b.pb.go', 'generated'],
    ['a/b.pb.gw.go', 'generated'],
    ['a/b_pb2_grpc.py', 'generated'],
    ['a/b_grpc_pb.js', 'generated'],
    ['Forms/Main.Designer.cs', 'generated'],
    ['obj/A.g.i.cs', 'generated'],
    ['lib/a.freezed.dart', 'generated'],
    ['src/routeTree.gen.ts', 'generated'],
    ['src/__generated__/a.ts', 'generated'],
    ['prisma/generated/client.ts', 'generated'],
    ['apis/zz_generated.deepcopy.go', 'generated'],
    ['moc_window.cpp', 'generated'],
    ['a.min.js', 'generated'],
  ])('%s is %s', (path, mark) => {
    expect(usualMark(path)).toBe(mark);
  });

  it.each([
    ...[
      'src/a.ts',
      'vendor.ts',
      'src/vendoring/a.py',
      'lib/vendored.go',
      'src/dist/mod.rs',
      'deps/a.py',
      'external/a.go',
    ],
    ...['build/a.ts', 'src/generator/a.ts', 'generated.ts', 'src/gen.ts', 'gen_a.go', 'a_gen.go', 'jquery.plugin.js'],
    ...['ui_button.h', 'admin.js', 'designer.cs', 'a.d.ts', 'pb.go', 'cache/a.py', 'pods.go'],
  ])('%s is of its own', (path) => {
    expect(usualMark(path)).toBeNull();
  });
});
