package demo

// person is a sample candidate. Nobody in it is real.
type person struct {
	first, last, mail, city string
}

// people are the sample candidates, in the scripts in which people write their names.
var people = []person{
	{"Mateus", "Figueira", "mateus.figueira@example.com", "Porto"},
	{"Ayşe", "Yıldırım", "ayse.yildirim@example.org", "İzmir"},
	{"Tomasz", "Wróblewski", "tomasz.wroblewski@example.com", "Gdynia"},
	{"Priya", "Raghunathan", "priya.raghunathan@example.org", "Chennai"},
	{"Chidi", "Okonjo", "chidi.okonjo@example.com", "Lagos"},
	{"Sofía", "Ibáñez", "sofia.ibanez@example.org", "Valencia"},
	{"Лариса", "Коваленко", "larysa.kovalenko@example.com", "Одеса"},
	{"李", "雨桐", "li.yutong@example.org", "杭州"},
	{"さくら", "小野寺", "sakura.onodera@example.com", "仙台"},
	{"نور", "الحداد", "nour.haddad@example.org", "عمّان"},
	{"अनन्या", "जोशी", "ananya.joshi@example.com", "पुणे"},
	{"Jürgen", "Österlund", "juergen.oesterlund@example.org", "Kiel"},
	{"Élodie", "Marchandeau", "elodie.marchandeau@example.com", "Nantes"},
	{"Κατερίνα", "Παππά", "katerina.pappa@example.org", "Βόλος"},
	{"Minh", "Đặng", "minh.dang@example.com", "Đà Nẵng"},
	{"Siobhán", "Ní Riain", "siobhan.niriain@example.org", "Gaillimh"},
	{"Kwame", "Asante-Mensah", "kwame.asante@example.com", "Kumasi"},
	{"Ingrid", "Bjørnstad", "ingrid.bjornstad@example.org", "Bergen"},
	{"Rafael", "Quintanilha", "rafael.quintanilha@example.com", "Recife"},
	{"Hanna", "Lindqvist", "hanna.lindqvist@example.org", "Umeå"},
	{"민서", "곽", "minseo.gwak@example.com", "부산"},
	{"Dávid", "Szőke", "david.szoke@example.org", "Szeged"},
	{"Leïla", "Bensaïd", "leila.bensaid@example.com", "Oran"},
	{"Owen", "Tregaskis", "owen.tregaskis@example.org", "Truro"},
	{"Zeynep", "Çağlar", "zeynep.caglar@example.com", "Bursa"},
	{"Ana", "Dragomirescu", "ana.dragomirescu@example.org", "Cluj"},
	{"Yusuf", "Abdirahman", "yusuf.abdirahman@example.com", "Mombasa"},
	{"Greta", "Hollenbach", "greta.hollenbach@example.org", "Graz"},
	{"Nikolai", "Petersen", "nikolai.petersen@example.com", "Aarhus"},
	{"Farah", "Rizwan", "farah.rizwan@example.org", "Lahore"},
	{"Lucía", "Echeverría", "lucia.echeverria@example.com", "Rosario"},
	{"Ondřej", "Havlík", "ondrej.havlik@example.org", "Brno"},
	{"Thandiwe", "Nkosana", "thandiwe.nkosana@example.com", "Durban"},
	{"Marek", "Šimko", "marek.simko@example.org", "Košice"},
	{"Beatriz", "Salgueiro", "beatriz.salgueiro@example.com", "Faro"},
	{"Arjun", "Venkatesan", "arjun.venkatesan@example.org", "Kochi"},
	{"Emilia", "Korhonen", "emilia.korhonen@example.com", "Oulu"},
	{"Paulo", "Ximenes", "paulo.ximenes@example.org", "Díli"},
	{"Giulia", "Tamburrano", "giulia.tamburrano@example.com", "Bari"},
	{"Samuel", "Oduya", "samuel.oduya@example.org", "Nakuru"},
}

// essays are what sample candidates write.
var essays = []string{
	"A customer shouted at me because a pallet had arrived wet. I had only taken the call. I said that I would be angry too, and asked what he needed by tomorrow. We found that half of it was dry, sent a van for the rest the same evening, and he apologised before I could.",
	"I first said nothing and let her finish. Then I repeated what I had understood, and she corrected one thing. It turned out that the delay was real but the promise had been made by somebody who had left the firm. I wrote it down, called back at four as I had said, and she is still a customer.",
	"My manager was upset about a report with wrong totals. The numbers came from another team. I did not say so at first; I showed where they came from and how to check them. We now check them together every Monday, which takes ten minutes.",
	"Ich habe zuerst gefragt, was genau passiert ist. Danach habe ich gesagt, was ich bis wann tun kann, und mich daran gehalten. Am Ende war es ein Missverständnis, aber das Gespräch hat trotzdem eine halbe Stunde gedauert.",
	"I call both customers before anything else. The one whose goods can wait gets the choice: tomorrow morning first thing, or tonight with a rented van at our cost. Then I tell the driver, then sales, and last I write down how the truck came to be promised twice.",
	"In the first five minutes I look for a second vehicle, since a phone call without an offer is only bad news. If there is none I call the customer with the later deadline. I would not let anyone find out by waiting.",
	"Suppose five deliveries are 5, 5, 5, 5 minutes early and one is 60 minutes late. The average is 8 minutes late, and yet four of five were early. One bad day pulls the average along; it says nothing about most days.",
	"First I would measure: which request, which query, since when. Then I would look at what changed last week. Only when I can make it slow on purpose would I change anything, and one thing at a time.",
	"A colleague asked why a loop was there at all. I had defended its speed for half an hour. The question made me see that the data could be asked for in one query. Since then I ask what a piece of code is for before I ask how it works.",
}
