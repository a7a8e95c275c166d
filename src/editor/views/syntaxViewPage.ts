/**
 * The page of the syntax view. It holds nothing but where its script and its style are; all that it shows comes as messages.
 *
 * @param nonce lets this one script run
 * @param source where a style may come from
 */
export function syntaxViewPage(page: {
  readonly script: string;
  readonly style: string;
  readonly nonce: string;
  readonly source: string;
}): string {
  const { script, style, nonce, source } = page;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Syntax</title>
</head>
<body>
<main></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
