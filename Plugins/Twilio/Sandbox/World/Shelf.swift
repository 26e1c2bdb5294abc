/// The keys of one owner's things of one kind, oldest first.
struct Shelf: Sendable {
    private var places: [(order: Int, key: String)] = []

    var keys: [String] { places.map(\.key) }
    var isEmpty: Bool { places.isEmpty }

    mutating func insert(_ resource: Resource) {
        let place = place(of: resource.order)
        if place < places.count, places[place].order == resource.order { return }
        places.insert((resource.order, resource.key), at: place)
    }

    mutating func remove(_ resource: Resource) {
        let place = place(of: resource.order)
        if place < places.count, places[place].order == resource.order { places.remove(at: place) }
    }

    private func place(of order: Int) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].order < order { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
