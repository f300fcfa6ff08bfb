internal import Groundwork
internal import Networks

/// The networks of the trials of a sweep: those with one template for one input are built once.
final class TemplateNetworks {
  private var built: [Key: Result<Network, ComponentError>] = [:]

  private struct Key: Hashable {
    let template: CanonicalJSON
    let input: NetworkInput
    let classes: Int
  }

  func network(
    _ section: TemplateSection, _ input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    let key = Key(template: section.canonical, input: input, classes: classes)
    if let known = built[key] { return try known.get() }
    let result: Result<Network, ComponentError>
    do throws(ComponentError) {
      result = .success(try section.template.network(input: input, classes: classes))
    } catch {
      result = .failure(error)
    }
    built[key] = result
    return try result.get()
  }
}
