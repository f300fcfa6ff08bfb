/// What a pickle names of Python: a tag, of which nothing is ever called.
enum PickleGlobal: Equatable {
  /// `collections.OrderedDict` and `collections.Counter`.
  case dictionary
  case rebuildTensor
  case rebuildParameter
  case size
  case storage(ElementType)
  /// A name whose value weights do not need.
  case inert

  /// - Throws: for every name that state dictionaries do not need, with what it tells.
  init(module: String, name: String) throws(Refusal) {
    switch (module, name) {
    case ("collections", "OrderedDict"), ("collections", "Counter"): self = .dictionary
    case ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"):
      self = .rebuildTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch", "Size"): self = .size
    case ("torch", "device"), ("_codecs", "encode"): self = .inert
    case ("torch", let name) where Self.types.contains(name): self = .inert
    case ("torch", let name) where Self.storages[name] != nil:
      self = .storage(Self.storages[name]!)
    default: throw Self.refusal(module: module, name: name)
    }
  }

  private static let storages: [String: ElementType] = [
    "FloatStorage": .float32, "DoubleStorage": .float64, "HalfStorage": .float16,
    "BFloat16Storage": .bfloat16, "LongStorage": .int64, "IntStorage": .int32,
    "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8, "BoolStorage": .bool,
  ]
  private static let types: Set<String> = [
    "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool",
  ]

  private static func refusal(module: String, name: String) -> Refusal {
    let whole = "\(module).\(name)"
    let stateDictionary = "save it again with torch.save(model.state_dict(), …)"
    let package = module.prefix { $0 != "." }
    if package == "numpy" {
      return Refusal(
        "it contains \(whole), a number or array of NumPy beside the weights",
        remedy: stateDictionary)
    }
    if module.hasPrefix("torch.nn") || module == "__main__" || module.contains("models") {
      return Refusal(
        "it contains \(whole): it is a whole pickled module, which is code", remedy: stateDictionary
      )
    }
    if module.hasPrefix("torch") {
      return Refusal(
        "it contains \(whole), which this program does not read",
        remedy: "save the weights as ordinary dense tensors, e.g. as safetensors")
    }
    return Refusal(
      "it contains \(whole), which no state dictionary needs and which might be harmful",
      remedy: "where its source is trusted, \(stateDictionary)")
  }
}
