package ui

import "strings"

// zoneNames are time zones by the cities people know them by: at least one for every offset and set of rules in use.
const zoneNames = `UTC
Africa/Accra Africa/Addis_Ababa Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Dakar Africa/Harare Africa/Johannesburg Africa/Kampala Africa/Khartoum Africa/Kinshasa Africa/Lagos Africa/Luanda Africa/Nairobi Africa/Tripoli Africa/Tunis Africa/Windhoek
America/Anchorage America/Argentina/Buenos_Aires America/Asuncion America/Bogota America/Caracas America/Chicago America/Costa_Rica America/Denver America/Guatemala America/Guayaquil America/Halifax America/Havana America/La_Paz America/Lima America/Los_Angeles America/Mexico_City America/Montevideo America/New_York America/Panama America/Phoenix America/Puerto_Rico America/Santiago America/Santo_Domingo America/Sao_Paulo America/St_Johns America/Toronto America/Vancouver
Asia/Almaty Asia/Amman Asia/Baghdad Asia/Baku Asia/Bangkok Asia/Beirut Asia/Colombo Asia/Damascus Asia/Dhaka Asia/Dubai Asia/Ho_Chi_Minh Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem Asia/Kabul Asia/Karachi Asia/Kathmandu Asia/Kolkata Asia/Kuala_Lumpur Asia/Kuwait Asia/Manila Asia/Qatar Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Tashkent Asia/Tbilisi Asia/Tehran Asia/Tokyo Asia/Ulaanbaatar Asia/Vladivostok Asia/Yangon Asia/Yerevan
Atlantic/Azores Atlantic/Cape_Verde Atlantic/Reykjavik
Australia/Adelaide Australia/Brisbane Australia/Darwin Australia/Melbourne Australia/Perth Australia/Sydney
Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul Europe/Kyiv Europe/Lisbon Europe/London Europe/Madrid Europe/Moscow Europe/Oslo Europe/Paris Europe/Prague Europe/Riga Europe/Rome Europe/Sofia Europe/Stockholm Europe/Tallinn Europe/Vienna Europe/Vilnius Europe/Warsaw Europe/Zurich
Pacific/Apia Pacific/Auckland Pacific/Fiji Pacific/Guam Pacific/Honolulu Pacific/Port_Moresby`

// Zones returns the time zones to choose from, grouped by part of the world. The current one is among them, whatever it is.
func Zones(current string) []Option {
	var options []Option
	known := current == ""
	for _, name := range strings.Fields(zoneNames) {
		part, city, grouped := strings.Cut(name, "/")
		if !grouped {
			part, city = "", name
		}
		known = known || name == current
		options = append(options, Option{Value: name, Label: strings.NewReplacer("_", " ", "/", ", ").Replace(city), Group: part})
	}
	if !known {
		options = append([]Option{{Value: current, Label: current}}, options...)
	}
	return options
}
