internal import CKernels

/// Runs `body` for every unit on the threads of the C kernels. `slot` numbers the thread's share:
/// no two units with the same slot run at once, so that scratch memory can be lent by slot.
///
/// The body must write to different places for different units, and nothing it computes may depend
/// on the slot: then the result does not depend on the number of threads.
package func parallel(threads: Int, units: Int, _ body: (_ unit: Int, _ slot: Int) -> Void) {
  withoutActuallyEscaping(body) { body in
    var shares = Shares(slots: min(threads, units), units: units, body: body)
    withUnsafeMutablePointer(to: &shares) { shares in
      ck_parallel(Int32(threads), Int32(shares.pointee.slots), runShare, shares)
    }
  }
}

private struct Shares {
  let slots: Int
  let units: Int
  let body: (Int, Int) -> Void
}

private func runShare(context: UnsafeMutableRawPointer?, slot: Int32) {
  guard let shares = context?.assumingMemoryBound(to: Shares.self).pointee else { return }
  for unit in stride(from: Int(slot), to: shares.units, by: shares.slots) {
    shares.body(unit, Int(slot))
  }
}
