internal import Datasets

extension YAMLNode {
  /// This piece over what it inherits: mappings merge key by key, and anything else is as it stands here.
  ///
  /// A key without a value takes the inherited one away. `template: unet` is the same as
  /// `template: {name: unet}`, so that settings merge with it.
  func merged(over inherited: YAMLNode) -> YAMLNode {
    guard case .mapping(let own) = content, case .mapping(var merged) = inherited.content,
      !isReplacement
    else { return self }
    for entry in own {
      guard let place = merged.firstIndex(where: { $0.key == entry.key }) else {
        merged.append(entry)
        continue
      }
      if entry.value.isNull {
        merged.remove(at: place)
        continue
      }
      var entry = entry
      let old = merged[place].value
      entry.value = entry.value.merged(over: entry.key == "template" ? old.namedComponent : old)
      merged[place] = entry
    }
    return YAMLNode(content: .mapping(merged), mark: mark)
  }

  /// `{name: unet}` for `unet`; anything else as it is.
  private var namedComponent: YAMLNode {
    guard let scalar, scalar.value == .text else { return self }
    return YAMLNode(
      content: .mapping([YAMLEntry(key: "name", keyMark: mark, value: self)]), mark: mark)
  }

  /// The places of the mappings that are marked to replace what they inherit.
  var replacements: [Mark] {
    let own = isReplacement ? [mark] : []
    switch content {
    case .scalar: return own
    case .sequence(let elements): return own + elements.flatMap(\.replacements)
    case .mapping(let entries): return own + entries.flatMap(\.value.replacements)
    }
  }
}
