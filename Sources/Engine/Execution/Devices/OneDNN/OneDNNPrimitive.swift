internal import CKernels
package import COneDNN
internal import Groundwork

/// A primitive that is made but not yet bound to memory. Scratch memory is the caller's.
final class OneDNNPrimitive {
  let description: dnnl_primitive_desc_t
  let primitive: dnnl_primitive_t

  /// - Parameters:
  ///   - operation: points to an operation descriptor, e.g. `dnnl_convolution_desc_t`.
  ///   - appendsReLU: fuses max(x, 0) behind the result.
  ///   - hint: the forward primitive that a backward primitive belongs to.
  init(
    _ context: OneDNNContext, operation: UnsafeRawPointer, appendsReLU: Bool = false,
    hint: OneDNNPrimitive? = nil
  ) throws(DeviceError) {
    var attributes: dnnl_primitive_attr_t?
    try check(dnnl_primitive_attr_create(&attributes), "create attributes")
    defer { dnnl_primitive_attr_destroy(attributes) }
    try check(
      dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
      "set the scratchpad mode")
    if appendsReLU {
      var operations: dnnl_post_ops_t?
      try check(dnnl_post_ops_create(&operations), "create post-operations")
      defer { dnnl_post_ops_destroy(operations) }
      try check(
        dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0), "append a ReLU")
      try check(dnnl_primitive_attr_set_post_ops(attributes, operations), "append a ReLU")
    }
    var description: dnnl_primitive_desc_t?
    try check(
      dnnl_primitive_desc_create(
        &description, operation, attributes, context.engine, hint?.description),
      "find an implementation")
    var primitive: dnnl_primitive_t?
    let status = dnnl_primitive_create(&primitive, description)
    if status != dnnl_success { dnnl_primitive_desc_destroy(description) }
    try check(status, "create a primitive")
    self.description = description!
    self.primitive = primitive!
  }

  deinit {
    dnnl_primitive_destroy(primitive)
    dnnl_primitive_desc_destroy(description)
  }

  /// E.g. `jit:avx512_core`.
  var implementation: String {
    var text: UnsafePointer<CChar>?
    dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &text)
    return text.map { String(cString: $0) } ?? "unknown"
  }

  var scratchBytes: Int { wanted(DNNL_ARG_SCRATCHPAD).bytes }

  /// True where oneDNN found nothing better than its plain reference loops.
  var isReference: Bool { implementation.hasPrefix("ref") }

  /// True where it multiplies with AMX.
  var usesTiles: Bool { implementation.contains("amx") }

  /// How the primitive wants the tensor that goes by an execution argument.
  func wanted(_ argument: Int32) -> MemoryDescription {
    dnnl_primitive_desc_query_md(description, dnnl_query_exec_arg_md, argument).pointee
  }
}

/// One tensor of a call: where it goes and how the caller keeps it.
struct OneDNNOperand {
  var argument: Int32
  var kept: MemoryDescription
  var isOutput = false
}

/// A primitive with the reorders that its operands need, bound to memory and ready to run.
///
/// Where an operand is kept in another layout than the primitive wants, it is copied by way of
/// scratch memory, before or after the primitive. The primitive may want more channels than there
/// are, to the end of a block: those hold zeros.
final class OneDNNCall {
  private let context: OneDNNContext
  let primitive: OneDNNPrimitive
  private let operands: [OneDNNOperand]
  /// For each operand: its place in scratch memory, where it needs one.
  private let places: [Int?]
  private let scratchpadPlace: Int
  private let scratchpad: MemoryDescription
  let scratchBytes: Int

  /// What `run` executes, in order.
  private var executions: [Execution] = []

  init(_ context: OneDNNContext, _ primitive: OneDNNPrimitive, _ operands: [OneDNNOperand]) {
    self.context = context
    self.primitive = primitive
    self.operands = operands
    var used = 0
    func place(_ bytes: Int) -> Int {
      defer { used += (bytes + 63) / 64 * 64 }
      return used
    }
    scratchpad = primitive.wanted(DNNL_ARG_SCRATCHPAD)
    scratchpadPlace = place(scratchpad.bytes)
    places = operands.map { operand in
      let wanted = primitive.wanted(operand.argument)
      return wanted.cut(to: operand.kept).matches(operand.kept) ? nil : place(wanted.bytes)
    }
    scratchBytes = used
  }

  /// Set where one thread runs the call whatever the number of threads of other calls, which this is.
  var threadsOfOthers: Int?

  var implementation: String { primitive.implementation }

  /// True where oneDNN makes the result by products of matrices.
  var multipliesMatrices: Bool { implementation.contains("gemm") }

  /// - Parameter pointers: where each operand lies, in the order of the operands.
  func bind(_ pointers: [UnsafeMutableRawPointer], scratch: UnsafeMutableRawPointer?) {
    var before: [Execution] = []
    var after: [Execution] = []
    var arguments: [(Int32, OneDNNMemory)] = []
    for (index, operand) in operands.enumerated() {
      let kept = OneDNNMemory(context, operand.kept, pointers[index])
      guard let place = places[index] else {
        arguments.append((operand.argument, kept))
        continue
      }
      let wanted = primitive.wanted(operand.argument)
      arguments.append((operand.argument, OneDNNMemory(context, wanted, scratch! + place)))
      let part = OneDNNMemory(context, wanted.cut(to: operand.kept), scratch! + place)
      if operand.isOutput {
        after.append(Execution(context, reorder: part, to: kept))
      } else {
        before.append(Execution(context, reorder: kept, to: part))
      }
    }
    if scratchpad.bytes > 0 {
      let memory = OneDNNMemory(context, scratchpad, scratch! + scratchpadPlace)
      arguments.append((DNNL_ARG_SCRATCHPAD, memory))
    }
    executions = before + [Execution(context, primitive.primitive, arguments)] + after
  }

  func run() {
    if threadsOfOthers != nil { ck_set_library_threads(1) }
    for execution in executions { execution.run() }
    if let threadsOfOthers { ck_set_library_threads(Int32(threadsOfOthers)) }
  }

  /// The least of three runs, on made-up memory, after one that is not timed.
  var seconds: Double {
    let call = OneDNNCall(context, primitive, operands)
    let buffers = operands.map { HostBuffer(bytes: $0.kept.bytes) }
    let scratch = HostBuffer(bytes: scratchBytes)
    call.bind(buffers.map(\.start), scratch: scratch.start)
    return withExtendedLifetime((buffers, scratch)) {
      call.run()
      return (0..<3).map { _ in
        let watch = Stopwatch()
        call.run()
        return watch.seconds
      }.min()!
    }
  }
}

/// Memory that belongs to a plan, described for oneDNN.
package final class OneDNNMemory {
  package let description: MemoryDescription
  package let memory: dnnl_memory_t

  init(_ context: OneDNNContext, _ description: MemoryDescription, _ start: UnsafeMutableRawPointer)
  {
    self.description = description
    var memory: dnnl_memory_t?
    let status = withUnsafePointer(to: description) {
      dnnl_memory_create(&memory, $0, context.engine, start)
    }
    precondition(status == dnnl_success, "a valid description and pointer make a memory object")
    self.memory = memory!
  }

  deinit { dnnl_memory_destroy(memory) }
}

/// A primitive with its arguments, allocated once.
package final class Execution {
  private let context: OneDNNContext
  private let primitive: dnnl_primitive_t
  private let ownsPrimitive: Bool
  private let arguments: UnsafeMutableBufferPointer<dnnl_exec_arg_t>
  private let memories: [OneDNNMemory]

  package init(
    _ context: OneDNNContext, _ primitive: dnnl_primitive_t,
    _ arguments: [(argument: Int32, memory: OneDNNMemory)], ownsPrimitive: Bool = false
  ) {
    self.context = context
    self.primitive = primitive
    self.ownsPrimitive = ownsPrimitive
    memories = arguments.map(\.memory)
    self.arguments = .allocate(capacity: arguments.count)
    _ = self.arguments.initialize(
      from: arguments.map { dnnl_exec_arg_t(arg: $0.argument, memory: $0.memory.memory) })
  }

  package convenience init(
    _ context: OneDNNContext, reorder source: OneDNNMemory, to target: OneDNNMemory
  ) {
    var description: dnnl_primitive_desc_t?
    var primitive: dnnl_primitive_t?
    let status = withUnsafePointer(to: source.description) { from in
      withUnsafePointer(to: target.description) { to in
        dnnl_reorder_primitive_desc_create(
          &description, from, context.engine, to, context.engine, nil)
      }
    }
    precondition(status == dnnl_success, "every dense layout can be reordered")
    dnnl_primitive_create(&primitive, description)
    dnnl_primitive_desc_destroy(description)
    self.init(
      context, primitive!, [(DNNL_ARG_FROM, source), (DNNL_ARG_TO, target)], ownsPrimitive: true)
  }

  deinit {
    if ownsPrimitive { dnnl_primitive_destroy(primitive) }
    arguments.deallocate()
  }

  package func run() {
    let status = dnnl_primitive_execute(
      primitive, context.stream, Int32(arguments.count), arguments.baseAddress)
    precondition(status == dnnl_success, "oneDNN failed to execute: status \(status.rawValue)")
  }
}
