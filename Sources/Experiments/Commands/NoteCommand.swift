import ArgumentParser
import Foundation
import Tracking

/// Writes a note about a run, or prints it.
struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Write a note about a run, or print the one that it has.",
    discussion: """
      experiments note camvid/3 "overfits the pole class from epoch 40 on"
      experiments note camvid/3 --append "see the confusion matrix"
      experiments note camvid/3 - < review.md
      experiments note camvid/3 --edit
      experiments note camvid/3
      experiments note camvid --where 'name == baseline' "trained before the labels were mended"

      A note decides nothing of a run and is shown with it. An empty text takes it away.
      """)

  @Argument(
    help: "The run: an id, experiment/number, experiment/name, @last or @best:experiment.",
    completion: .runs)
  var selector: String

  @Argument(help: "The note; '-' reads it from standard input. By default the note is printed.")
  var text: String?

  @Flag(help: "Add to the note instead of replacing it.")
  var append = false

  @Flag(help: "Write the note in $VISUAL or $EDITOR.")
  var edit = false

  @OptionGroup var filter: FilterOption

  @OptionGroup var results: ResultsOption

  func validate() throws {
    if edit, text != nil || append {
      throw ValidationError("--edit opens the whole note: write it without a text and --append")
    }
    if append, text == nil { throw ValidationError("--append: write the text to add") }
  }

  func run() throws {
    let run = try results.run(selector, filter)
    if let damage = run.labelsDamage {
      throw StoreError.damagedLabels(
        path: results.store.folder(of: run.id, experiment: run.experiment), reason: damage)
    }
    guard let written = try written(run) else {
      if !run.labels.note.isEmpty { print(run.labels.note.printableLines) }
      return
    }
    let text = written.trimmingCharacters(in: .newlines)
    let change = try append ? LabelChange.addition(text) : LabelChange.note(text)
    let labels = try results.store.label(run.id, experiment: run.experiment, change)
    print(labels.note.isEmpty ? "\(run.name) has no note now" : labels.note.printableLines)
  }

  /// What was written; `nil` where nothing was.
  private func written(_ run: RunRecord) throws -> String? {
    if edit { return try TextEditor.edited(run.labels.note, name: "note-\(run.id)") }
    return try text == "-" ? StandardStreams.input(atMost: LabelChange.longestNote) : text
  }
}
