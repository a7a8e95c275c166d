/** What only C++ has, at the beginning of lines outside of most comments, or its own headers. */
const CPP =
  /^[ \t]*(?:template[ \t]*<|(?:inline[ \t]+)?namespace(?:[ \t]+[\w:]+)?[ \t]*\{?[ \t]*\r?$|using[ \t]+(?:namespace[ \t]+)?\w[\w:]*|(?:class|enum class)[ \t]+(?:[A-Z]\w*[ \t]+)?\w+[ \t]*(?:final[ \t]*)?[:;{]?[ \t]*[^*;)]*\r?$|(?:public|private|protected)[ \t]*:|#[ \t]*include[ \t]*<(?:algorithm|array|atomic|bitset|chrono|cstddef|cstdint|cstdio|cstdlib|cstring|deque|exception|functional|initializer_list|iosfwd|iostream|istream|iterator|limits|list|locale|map|memory|mutex|new|optional|ostream|queue|set|sstream|stack|stdexcept|string|string_view|thread|tuple|type_traits|typeinfo|unordered_map|unordered_set|utility|variant|vector)>)/m;

/** What Objective-C writes with an @, or imports. */
const OBJECTIVE_C =
  /^[ \t]*(?:@(?:interface|class|protocol|property|end|implementation)\b|#[ \t]*import[ \t]+[<"][^>"\n]+\.h[>"]|NS_ASSUME_NONNULL_BEGIN\b)/m;

/** Whether the beginning of a header says that it is C++. What C and C++ share, `extern "C"` among it, says nothing. */
export function isCpp(head: string): boolean {
  return CPP.test(withoutComments(head)) || /\bstd::\w/.test(withoutComments(head));
}

/** Whether the beginning of a header says that it is Objective-C. */
export function isObjectiveC(head: string): boolean {
  return OBJECTIVE_C.test(withoutComments(head));
}

/** A licence may have any words. One that is cut off goes as well. */
function withoutComments(head: string): string {
  return head.replaceAll(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*/g, '');
}
