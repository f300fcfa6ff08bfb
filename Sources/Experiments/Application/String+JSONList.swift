extension String {
  /// Appends a list of JSON: for lists of many numbers, which an encoder would take long for.
  mutating func appendList<Element>(
    _ elements: some Sequence<Element>, _ append: (Element, inout String) -> Void
  ) {
    self += "["
    var isFirst = true
    for element in elements {
      if !isFirst { self += "," }
      isFirst = false
      append(element, &self)
    }
    self += "]"
  }
}
