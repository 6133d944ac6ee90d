package gazetteer

// Lists is the set of classes in which a name stands, over all its bearers.
type Lists uint16

// The classes of names.
const (
	CountryName Lists = 1 << iota
	RegionName        // a world region, or a first-order division of a country
	CityName
	OtherPlaceName // seas, mountains, rivers, sites
	PersonFullName
	OrganizationName
	AcronymName
	DemonymName
)

// Lists tells in which classes the matched name stands.
func (g *Gazetteer) Lists(m Match) Lists {
	l := g.base.lists(m.name, m.agree)
	if g.over != nil {
		l |= g.over.lists(m.nameOver, m.agreeOver)
	}
	return l
}

func (x *index) lists(first uint32, agree uint64) (l Lists) {
	for i := uint32(0); i < MaxBearers && agree>>i != 0; i++ {
		if agree&(1<<i) != 0 {
			l |= x.listOf(x.bearer(first + i))
		}
	}
	return l
}

func (x *index) listOf(b bearer) Lists {
	h := x.head(b.ref)
	if h == nil {
		return 0
	}
	if b.flags&Demonym != 0 {
		return DemonymName
	}
	var l Lists
	if b.flags&Acronym != 0 {
		l = AcronymName
	}
	switch Type(h[4]) {
	case Person:
		return l | PersonFullName
	case Organization:
		return l | OrganizationName
	}
	switch Kind(x.atoms.get(uint64(h[5]))) {
	case Country:
		return l | CountryName
	case Region, Admin1:
		return l | RegionName
	case City, Capital:
		return l | CityName
	}
	return l | OtherPlaceName
}
