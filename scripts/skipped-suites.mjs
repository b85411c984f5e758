import { relative } from 'node:path';

/** Says at the end of a jest run which suites were left out, because jest itself only counts them. */
export default class SkippedSuites {
  constructor({ rootDir, testNamePattern }) {
    this.rootDir = rootDir;
    this.chosenByName = Boolean(testNamePattern);
  }

  onRunComplete(_contexts, { testResults }) {
    if (this.chosenByName) return;
    const skipped = testResults.flatMap((file) =>
      file.testResults
        .filter(({ status }) => status === 'pending')
        .map(
          (test) => `${relative(this.rootDir, file.testFilePath)}: ${test.ancestorTitles[0] ?? test.title}`,
        ),
    );
    for (const suite of new Set(skipped)) {
      const tests = skipped.filter((each) => each === suite).length;
      console.error(`Did not run: ${suite} (${tests} ${tests === 1 ? 'test' : 'tests'})`);
    }
  }
}
