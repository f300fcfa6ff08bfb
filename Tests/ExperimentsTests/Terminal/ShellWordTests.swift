import Testing

@testable import Experiments

struct ShellWordTests {
  @Test(
    "a word is quoted only where a shell would take it apart",
    arguments: [
      ("experiments/a.yaml", "experiments/a.yaml"), ("solver.base_lr=1e-2", "solver.base_lr=1e-2"),
      ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("losses=[dice]", "'losses=[dice]'"),
    ])
  func quoting(word: String, quoted: String) { #expect(ShellWord.quoted(word) == quoted) }
}
