internal import CKernels
internal import Groundwork

/// Paints one generated scene: a pure function of the settings and the scene's number.
struct ScenePainter {
  private let settings: GeneratedScenes
  private let number: Int
  private var random: RandomStream
  private var colours: [Float]
  private var ids: [UInt8]

  init(_ settings: GeneratedScenes, number: Int) {
    self.settings = settings
    self.number = number
    random = RandomStream(seed: settings.seed, purpose: .init("scene"), sample: number)
    colours = Array(repeating: 0, count: settings.size.area * 3)
    ids = Array(repeating: 0, count: settings.size.area)
  }

  mutating func paint() -> (image: Raster, mask: Mask) {
    paintGround()
    for _ in 0..<(4 + random.below(4)) { paintShape() }
    let image = Raster(size: settings.size, channels: 3, pixels: finished())
    return (image, Mask(size: settings.size, ids: ids))
  }
}

extension ScenePainter {
  private var height: Int32 { Int32(settings.size.height) }
  private var width: Int32 { Int32(settings.size.width) }
  private var shorter: Float { Float(min(settings.size.height, settings.size.width)) }

  /// One base colour with patches of several sizes; the largest differ in hue.
  private mutating func paintGround() {
    let base: [Float] = [118, 122, 104].map { $0 + random.uniform(-28, 28) }
    for index in colours.indices { colours[index] = base[index % 3] }
    let hue: [Float] = (0..<3).map { _ in random.uniform(14, 40) }
    let scales: [(part: Float, amplitude: [Float])] = [
      (0.5, hue), (0.2, [16, 16, 16]), (0.08, [12, 13, 11]), (0.025, [9, 9, 9]),
    ]
    for (index, scale) in scales.enumerated() {
      ck_scene_noise(
        &colours, height, width, Int32(max(2, scale.part * shorter)), scale.amplitude,
        settings.seed, RandomStream.Purpose("ground#\(index)").code, UInt32(number))
    }
  }

  private mutating func paintShape() {
    let kind = ShapeKind.all[random.below(settings.classes - 1)]
    let extent = shorter * random.uniform(0.11, 0.22)
    let (axisX, axisY) = direction()
    var shape = ck_scene_shape()
    shape.kind = Int32(kind.kernel)
    shape.id = kind.id
    shape.x = random.uniform(0.08, 0.92) * Float(settings.size.width)
    shape.y = random.uniform(0.08, 0.92) * Float(settings.size.height)
    (shape.axis_x, shape.axis_y) = (axisX, axisY)
    shape.half_x = extent
    shape.half_y = extent * random.uniform(0.7, 1.25)
    let tint = kind.colour.map { $0 + random.uniform(-26, 26) }
    shape.colour = (tint[0], tint[1], tint[2])
    shape.stripe = shorter * random.uniform(0.04, 0.08)
    shape.stripe_depth = kind.isStriped ? random.uniform(0.05, 0.22) : 0
    shape.bulge = random.uniform(0, kind.bulge)
    ck_scene_paint(&colours, &ids, height, width, &shape)
  }

  /// Light from one side, a lens that is not quite sharp, a sensor that is not quite quiet.
  private mutating func finished() -> [UInt8] {
    let slope = (x: random.uniform(-0.4, 0.4), y: random.uniform(-0.4, 0.4))
    let light = [random.uniform(0.85, 1.1) - (slope.x + slope.y) / 2, slope.x, slope.y]
    let blur = random.uniform(0.08, 0.25)
    let noise = random.uniform(2, 9)
    return [UInt8].filled(count: settings.size.area * 3) { target in
      ck_scene_finish(
        &colours, height, width, light, blur, noise, settings.seed,
        RandomStream.Purpose("noise").code, UInt32(number), target)
    }
  }

  /// A random unit vector: a point of the unit disc, stretched (von Neumann 1951).
  private mutating func direction() -> (Float, Float) {
    while true {
      let (x, y) = (random.uniform(-1, 1), random.uniform(-1, 1))
      let square = x * x + y * y
      if square > 0.01, square <= 1 { return (x / square.squareRoot(), y / square.squareRoot()) }
    }
  }
}

/// How the shapes of one class look; classes overlap in colour, so that shape counts too.
private struct ShapeKind {
  let id: UInt8
  let kernel: Int
  let colour: [Float]
  let isStriped: Bool
  let bulge: Float

  static let all = [
    ShapeKind(id: 1, kernel: ck_disc, colour: [192, 84, 76], isStriped: false, bulge: 0.5),
    ShapeKind(id: 2, kernel: ck_box, colour: [84, 122, 184], isStriped: true, bulge: 0),
    ShapeKind(id: 3, kernel: ck_triangle, colour: [206, 178, 70], isStriped: false, bulge: 0.2),
    ShapeKind(id: 4, kernel: ck_ring, colour: [164, 108, 176], isStriped: false, bulge: 0.3),
  ]
}
