/// The numbers to which tensors of a checkpoint refer.
struct TorchStorage: Hashable {
  let key: String
  let type: ElementType
  /// The number of elements.
  let count: Int
}

/// A tensor as its pickle describes it: elements of a storage.
struct TorchTensor {
  let storage: TorchStorage
  let view: ValueSource.View
}
