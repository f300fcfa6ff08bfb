/// The samples that train and behind them those that validate, where both lie: cut into patches they are many,
/// and another array of them takes as much memory again.
struct CatalogueSamples: RandomAccessCollection, Sendable {
  let train: [ListedSample]
  let validation: [ListedSample]

  var startIndex: Int { 0 }
  var endIndex: Int { train.count + validation.count }

  subscript(place: Int) -> ListedSample {
    place < train.count ? train[place] : validation[place - train.count]
  }
}

extension Catalogue {
  var samples: CatalogueSamples { CatalogueSamples(train: train, validation: validation) }
}
