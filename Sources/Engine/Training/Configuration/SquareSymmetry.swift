internal import CKernels
internal import Datasets

/// One of the eight ways to lay a square onto itself, of which four suit any rectangle.
///
/// The transformed image shows at (y, x) what the image has there, or at (x, y) where rows and
/// columns are exchanged; then the image's rows and columns are counted from their ends where they
/// are reversed.
struct SquareSymmetry: Sendable, Hashable {
  var transposes = false
  var reversesRows = false
  var reversesColumns = false

  /// The image as it is comes first.
  static let all = [false, true].flatMap { transposes in
    [false, true].flatMap { rows in
      [false, true].map { columns in
        SquareSymmetry(transposes: transposes, reversesRows: rows, reversesColumns: columns)
      }
    }
  }

  /// True where it rotates the image and does not flip it.
  var isRotation: Bool { (reversesRows != reversesColumns) == transposes }

  /// In the words of the C kernels.
  var kernel: ck_symmetry {
    ck_symmetry(
      transposes: transposes ? 1 : 0, reverses_rows: reversesRows ? 1 : 0,
      reverses_columns: reversesColumns ? 1 : 0)
  }
}
