export const USAGE = `candor: how far to trust each piece of code, by the probabilities of its tokens

  candor audit [PATH...]    judge files or folders; default: the working folder
    --format=text|json      default: text
    --out=FILE              write the result to a file instead of standard output
    --top=N                 how many of the riskiest regions to show in full; default: 10
    --engine=ngram|llama    default: ngram, the best engine that is embedded
    --model=PATH            the GGUF file of the llama engine
    --workspace=DIR         what is learned from; default: the git repository around the paths, or else their folder
  candor score FILE         every token with its log-probability and the spans it lies in
    --format=text|json  --out=FILE  --engine=...  --model=PATH  --workspace=DIR
    --top=N                 how many alternatives to name for each token; default: 0
  candor --version | --help

Results go to standard output, everything else to standard error.
Exit codes: 0 done, 1 the gate asked for was not met, 2 the call was wrong, 3 an engine or file failed.
`;
