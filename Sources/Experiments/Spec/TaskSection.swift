internal import Groundwork
internal import Tasks
internal import Tracking

/// `task`: what a network learns to say. Written as its name, or as `{NAME: {…}}` with its settings.
struct TaskSection: Sendable {
  fileprivate let choice: ComponentChoice<any SegmentationTask>

  var task: any SegmentationTask { choice.component }

  static let standard = TaskSection(
    choice: ComponentChoice(
      name: SemanticTask.name, fields: [], values: FieldValues([:], of: []),
      component: SemanticTask()))
}

extension Form<TaskSection> {
  static var task: Form {
    let registry = ComponentCatalog.standard.tasks
    return Form(
      "NAME, or NAME with its settings",
      .anyOf([.names(aloneIn: registry.components), .named(registry.components)]),
      read: { value in
        value.decoder.whole {
          guard let component = value.namedComponent(of: registry) else { return nil }
          let choice = component.settings.component(component.type, make: component.type.init(_:))
          component.settings.finish()
          return choice.map { TaskSection(choice: $0) }
        }
      },
      write: { section, purpose in
        section.choice.fields.isEmpty
          ? .text(section.choice.name) : section.choice.named(for: purpose)
      })
  }
}
