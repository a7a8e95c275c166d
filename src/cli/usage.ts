export const USAGE = `candor: how far to trust each piece of code, by the probabilities of its tokens

  candor audit [PATH...]    judge files or folders; default: the working folder
    --diff[=REF]            only lines that changed since a commit, new files included; default: HEAD
    --staged                only lines that wait to be committed, as git's index holds them
    --patch=FILE|-          only lines that a unified diff adds, to files as they are after it
    --ai-written            only lines of commits that name an AI tool, and lines that a note of git-ai says a model wrote, or the
                            ledger of what the editor saw arrive
    --exclude=PATTERN       leave files out, by a pattern as in .gitignore, from the workspace; also more than once. For good:
                            in .candorignore. What is generated or vendored is left out, unless it is named itself
    --format=text|json|markdown|sarif|html
                            default: text; markdown is for a comment on a change, html a page that needs no network
    --link-base=URL         markdown: what links to the code begin with, up to the path in the workspace
    --compare=FILE          html: an earlier JSON report to compare with; also more than once, the oldest first
    --out=FILE              write the result to a file instead of standard output
    --fail-under=P          exit with 1 if a region's chance is under P, from 0 to 1
    --fail-on=doubt         exit with 1 if a region is in the band "doubt"; either needs a calibration that can tell
    --top=N                 how many of the riskiest regions to show in full; default: 10
    --engine=bundled|ngram|llama|openai
                            default: the best engine that is embedded: bundled, or ngram where its model cannot run
    --read=PERCENT          bundled: of many files the part that the model reads, the riskiest by the n-gram engine;
                            default: 10, and never less than a file's worth
    --model=PATH|NAME       llama: a GGUF file, or hf:OWNER/REPO/FILE.gguf, which is downloaded once;
                            openai: the server's name for the model
    --base-url=URL          openai: where the server's routes are, mostly ending in /v1
    --concurrency=N         openai: most calls to the server at once; default: 4
    --answer-time=SECONDS   openai: an answer that takes longer is asked for again; default: 120
    --mix                   llama: mix in what the n-gram engine knows of the workspace
    --gpu                   llama: compute on a GPU where llama.cpp finds one
    --workspace=DIR         what is learned from; default: the git repository around the paths, or else their folder
    --no-cache              judge all files anew, and keep nothing: else an audit goes on from the one before, and judges
                            what has changed
  candor score FILE         every token with its log-probability and the spans it lies in
    --format=text|json  --out, --workspace and the engine's options as above
    --top=N                 how many alternatives to name for each token; default: 0
  candor evaluate DATA      how good signals and judgements are on labelled data: JSON lines of { id, language, prefix,
                            completion, label }, and suffix?, group?, repository?, commit?, at?, tokens?
    --opinions=K            let the engine write each completion K times again, and evaluate what that says, too; it
                            takes K calls an item, and a few more of an engine that is asked what it thinks
    --temperature=T         how far what is written again strays; default: 1, the model's own distribution
    --localise              how early faulty lines come in the reading order, on lines of { id, language, text, faults: [LINE] }
    --format=text|json  --out=FILE, and the engine's options as above, for what has no tokens of its own
  candor calibrate DATA     learn how far the numbers can be trusted here, and keep it for this workspace
    --event=correct|matches|sound|survives
                            what a label of 1 stands for; default: correct
  candor calibrate          the same
    --from-git[=REF]        from what became of AI-written code in the history; default: HEAD
    --days=N                a region went well if nothing happened to it for so long; default: 60
    --budget=MINUTES        default: 10; the same command goes on where it was stopped
    --regions=N             regions of code to draw; default: 600
    --authors=ai|any        code of commits that name an AI tool, or all code; default: ai where there is any
    --trust=PERCENT  --doubt=PERCENT
                            what may go bad in the band "trust", and what must in "doubt"; default: 10 and 50
    --format=text|json  --out, --workspace and the engine's options as above; no server
  candor record --upstream=URL
                            pass what tools ask of a server on to it, and read the probabilities of what it writes on the
                            way; an editor that has the workspace open matches that with the code that arrives
    --port=N                default: one that stays the same for the workspace
    --format=text|json  --workspace=DIR; json ends with its standard input
  candor engines            what is here to score with, and what it can do
    --base-url=URL          measure a server; --model=NAME where it has several
    --local                 look for servers on the usual ports of this machine
    --format=text|json  --out=FILE
  candor mcp                the agents' server, on standard input and output (Model Context Protocol); ends with its input
    --root=DIR              what agents may read, also more than once, where the client does not say; default: the working folder
    --time-limit=SECONDS    what one call may take; default: 50
    and the engine's options as above; --read is 0 by default
  candor --version | --help

A server gets the text that it is to score, and the key in CANDOR_API_KEY if that is set (api.openai.com: or the one in
OPENAI_API_KEY). Nothing is sent to a server that was not named.

Results go to standard output, everything else to standard error.
Exit codes: 0 done, 1 the gate asked for was not met, 2 the call was wrong, 3 an engine or file failed. Where only some files
failed the report is there and says which; a gate that is not met comes first.
`;
