import SwitchboardCore
import Glibc

/// Where the calls of an area arrive; what is not known is nil.
struct Place: Sendable {
    var locality: String?
    var region: String?
    var latitude: String?
    var longitude: String?
    var postalCode: String?
    var lata: String?
    var rateCenter: String?

    init(locality: String? = nil, latitude: String? = nil, longitude: String? = nil) {
        self.locality = locality
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The main city of a US area, with what `cities` knows of it.
    init(_ area: USArea) {
        locality = area.locality
        region = area.state
        guard let city = area.locality, let known = Self.byName["\(city), \(area.state)"] else { return }
        latitude = known[0]
        longitude = known[1]
        postalCode = known[2]
        lata = known[3]
        rateCenter = known.count > 4 ? known[4...].joined(separator: " ") : city.uppercased()
    }

    /// Degrees of latitude and longitude.
    var spot: (Double, Double)? {
        guard let latitude = latitude.flatMap(Double.init), let longitude = longitude.flatMap(Double.init) else {
            return nil
        }
        return (latitude, longitude)
    }

    /// How far it is from a spot, along a great circle.
    func miles(from other: (Double, Double)) -> Double? {
        guard let own = spot else { return nil }
        let (a, b) = (own.0 * .pi / 180, other.0 * .pi / 180)
        let turn = (own.1 - other.1) * .pi / 180
        let cosine = sin(a) * sin(b) + cos(a) * cos(b) * cos(turn)
        return 3959 * acos(min(1, max(-1, cosine)))
    }

    private static let byName: [String: [String]] = {
        let pairs = cities.split(separator: "\n").map { line -> (String, [String]) in
            let parts = line.split(separator: "|").map(String.init)
            return (parts[0], parts.dropFirst().flatMap { $0.split(separator: " ").map(String.init) })
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    /// City, latitude, longitude, a postal code, LATA, and the rate center where it is not the city's name.
    private static let cities = """
        San Francisco, CA|37.789400 -122.394200 94105 722 SNFC CNTRL
        Oakland, CA|37.804400 -122.271200 94612 722
        San Jose, CA|37.338200 -121.886300 95113 722
        Los Angeles, CA|34.052200 -118.243700 90012 730
        San Diego, CA|32.715700 -117.161100 92101 732
        Sacramento, CA|38.581600 -121.494400 95814 726
        New York, NY|40.712800 -74.006000 10007 132
        Brooklyn, NY|40.678200 -73.944200 11201 132
        Chicago, IL|41.878100 -87.629800 60602 358
        Dallas, TX|32.776700 -96.797000 75201 552
        Fort Worth, TX|32.755500 -97.330800 76102 552
        Houston, TX|29.760400 -95.369800 77002 560
        Austin, TX|30.267200 -97.743100 78701 558
        San Antonio, TX|29.424100 -98.493600 78205 566
        Philadelphia, PA|39.952600 -75.165200 19102 228
        Pittsburgh, PA|40.440600 -79.995900 15222 234
        Phoenix, AZ|33.448400 -112.074000 85003 666
        Tucson, AZ|32.222600 -110.974700 85701 668
        Seattle, WA|47.606200 -122.332100 98101 674
        Portland, OR|45.515200 -122.678400 97204 672
        Denver, CO|39.739200 -104.990300 80202 656
        Washington, DC|38.907200 -77.036900 20001 236
        Baltimore, MD|39.290400 -76.612200 21202 238
        Boston, MA|42.360100 -71.058900 02108 128
        Detroit, MI|42.331400 -83.045800 48226 340
        Minneapolis, MN|44.977800 -93.265000 55401 628
        Milwaukee, WI|43.038900 -87.906500 53202 356
        Cleveland, OH|41.499300 -81.694400 44113 320
        Columbus, OH|39.961200 -82.998800 43215 324
        Cincinnati, OH|39.103100 -84.512000 45202 922
        Indianapolis, IN|39.768400 -86.158100 46204 336
        St. Louis, MO|38.627000 -90.199400 63101 520
        Kansas City, MO|39.099700 -94.578600 64106 524
        Omaha, NE|41.256500 -95.934500 68102 644
        Atlanta, GA|33.749000 -84.388000 30303 438
        Miami, FL|25.761700 -80.191800 33130 460
        Orlando, FL|28.538300 -81.379200 32801 458
        Tampa, FL|27.950600 -82.457200 33602 952
        Jacksonville, FL|30.332200 -81.655700 32202 452
        Charlotte, NC|35.227100 -80.843100 28202 422
        Nashville, TN|36.162700 -86.781600 37203 470
        Memphis, TN|35.149500 -90.049000 38103 468
        Louisville, KY|38.252700 -85.758500 40202 462
        New Orleans, LA|29.951100 -90.071500 70112 490
        Oklahoma City, OK|35.467600 -97.516400 73102 536
        Albuquerque, NM|35.084400 -106.650400 87102 664
        Salt Lake City, UT|40.760800 -111.891000 84111 660
        Las Vegas, NV|36.169900 -115.139800 89101 721
        Honolulu, HI|21.306900 -157.858300 96813 834
        """
}
