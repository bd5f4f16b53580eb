namespace Connections.Local.DemoData;

/// <summary>Where a demo creator comes from: the names there, and what is spoken.</summary>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="Language">BCP 47: the language of the country that the creator publishes in.</param>
/// <param name="City">Cities that a bio can name.</param>
/// <param name="First">Given names; <c>written=latin</c> where the script is not Latin.</param>
/// <param name="Last">Family names, written likewise.</param>
/// <param name="FamilyFirst">Whether the family name stands first, without a space.</param>
internal sealed record DemoCulture(string Country, string Language, string[] City, string[] First, string[] Last, bool FamilyFirst = false)
{
    /// <summary>All of them. Adding one changes who the demo creators are.</summary>
    public static IReadOnlyList<DemoCulture> All { get; } =
    [
        new("GB", "en", ["London", "Leeds", "Bristol"],
            ["Amelia", "Callum", "Freya", "Harriet", "Imogen", "Jack", "Poppy", "Rhys"], ["Ashworth", "Bennett", "Carver", "Hughes", "Marlow", "Patel", "Whitfield"]),
        new("US", "en", ["Austin", "Chicago", "Portland"],
            ["Aaliyah", "Brooke", "Darnell", "Jordan", "Kayla", "Mason", "Savannah", "Tyler"], ["Brooks", "Carter", "Delgado", "Freeman", "Holloway", "Jackson", "Whitaker"]),
        new("DE", "de", ["Berlin", "Hamburg", "Köln"],
            ["Anneke", "Björn", "Jonas", "Katrin", "Leonie", "Matthias", "Svenja", "Ömer"], ["Bäcker", "Fischer", "Großmann", "Krüger", "Schäfer", "Vogel", "Yıldız"]),
        new("FR", "fr", ["Paris", "Lyon", "Nantes"],
            ["Amélie", "Baptiste", "Chloé", "Hélène", "Loïc", "Margaux", "Théo", "Yasmine"], ["Benali", "Delacroix", "Girard", "Lefèvre", "Marchand", "Rousseau", "Villeneuve"]),
        new("ES", "es", ["Madrid", "Valencia", "Sevilla"],
            ["Alba", "Íñigo", "Jimena", "Lucía", "Martín", "Nerea", "Rocío", "Sergio"], ["Castaño", "Echeverría", "Ibáñez", "Muñoz", "Navarro", "Peñalver", "Serrano"]),
        new("IT", "it", ["Milano", "Torino", "Bari"],
            ["Alessia", "Davide", "Federica", "Giulia", "Lorenzo", "Matteo", "Niccolò", "Noemi"], ["Bianchi", "Caruso", "De Santis", "Fontana", "Lombardi", "Moretti", "Zanetti"]),
        new("PT", "pt", ["Lisboa", "Porto", "Braga"],
            ["Beatriz", "Catarina", "Duarte", "Inês", "João", "Mafalda", "Rúben", "Tomás"], ["Azevedo", "Conceição", "Figueiredo", "Guimarães", "Mourão", "Ribeiro", "Simões"]),
        new("BR", "pt", ["São Paulo", "Recife", "Curitiba"],
            ["Ana Clara", "Caio", "Iara", "Larissa", "Luan", "Rafaela", "Thiago", "Vitória"], ["Albuquerque", "Barbosa", "Cavalcanti", "Gonçalves", "Nascimento", "Oliveira", "Teixeira"]),
        new("MX", "es", ["Ciudad de México", "Guadalajara", "Oaxaca"],
            ["Citlali", "Diego", "Fernanda", "Itzel", "Joaquín", "Renata", "Santiago", "Ximena"], ["Cárdenas", "Escobedo", "Hernández", "Lozano", "Montaño", "Quiñones", "Zamora"]),
        new("PL", "pl", ["Warszawa", "Kraków", "Gdańsk"],
            ["Agnieszka", "Bartek", "Dominika", "Kasia", "Łukasz", "Małgorzata", "Paweł", "Zosia"], ["Dąbrowska", "Jabłoński", "Kowal", "Majewska", "Sikora", "Wójcik", "Zając"]),
        new("CZ", "cs", ["Praha", "Brno", "Plzeň"],
            ["Anežka", "Jakub", "Kateřina", "Matěj", "Ondřej", "Šárka", "Tereza", "Vojtěch"], ["Beneš", "Černá", "Horák", "Kučera", "Němcová", "Růžička", "Sedláček"]),
        new("SE", "sv", ["Stockholm", "Göteborg", "Malmö"],
            ["Alva", "Elsa", "Filip", "Hampus", "Linnéa", "Moa", "Oskar", "Saga"], ["Åkesson", "Bergström", "Ekdahl", "Lindqvist", "Nyström", "Sjöberg", "Wallin"]),
        new("NL", "nl", ["Amsterdam", "Utrecht", "Rotterdam"],
            ["Anouk", "Bram", "Daan", "Fleur", "Jasmijn", "Noor", "Sanne", "Thijs"], ["de Vries", "Hoekstra", "Jansen", "Kuipers", "van Dijk", "Verhoeven", "Zwart"]),
        new("TR", "tr", ["İstanbul", "İzmir", "Ankara"],
            ["Ayşe", "Burak", "Defne", "Elif", "Gökçe", "Kerem", "Tuğba", "Umut"], ["Aydın", "Çelik", "Demir", "Kılıç", "Öztürk", "Şahin", "Yücel"]),
        new("NG", "en", ["Lagos", "Abuja", "Ibadan"],
            ["Adaeze", "Chidi", "Folake", "Ifeoma", "Kelechi", "Ngozi", "Tobi", "Zainab"], ["Adebayo", "Balogun", "Eze", "Nwosu", "Ogunleye", "Okafor", "Yusuf"]),
        new("KE", "sw", ["Nairobi", "Mombasa", "Kisumu"],
            ["Achieng", "Brian", "Faith", "Kamau", "Makena", "Njeri", "Otieno", "Wanjiru"], ["Kariuki", "Kimani", "Mutua", "Mwangi", "Ndungu", "Odhiambo", "Wekesa"]),
        new("IN", "hi", ["Mumbai", "Bengaluru", "Jaipur"],
            ["Aarav", "Ananya", "Diya", "Ishaan", "Kavya", "Meera", "Rohan", "Tanvi"], ["Chatterjee", "Deshpande", "Iyer", "Kapoor", "Menon", "Reddy", "Sharma"]),
        new("PH", "fil", ["Manila", "Cebu", "Davao"],
            ["Andrea", "Bea", "Carlo", "Jasmine", "Liza", "Miguel", "Paolo", "Trisha"], ["Aquino", "Bautista", "Dela Cruz", "Manalo", "Pangilinan", "Santos", "Villanueva"]),
        new("VN", "vi", ["Hà Nội", "Đà Nẵng", "Huế"],
            ["Bảo", "Hương", "Khánh", "Linh", "Minh", "Ngọc", "Quỳnh", "Thảo"], ["Bùi", "Đặng", "Hoàng", "Lê", "Nguyễn", "Phạm", "Trần"]),
        new("JP", "ja", ["東京", "大阪", "福岡"],
            ["葵=aoi", "陽菜=hina", "海斗=kaito", "美咲=misaki", "直樹=naoki", "蓮=ren", "さくら=sakura", "優子=yuko"],
            ["伊藤=ito", "小林=kobayashi", "中村=nakamura", "佐藤=sato", "高橋=takahashi", "渡辺=watanabe", "山本=yamamoto"], FamilyFirst: true),
        new("KR", "ko", ["서울", "부산", "대구"],
            ["은지=eunji", "하늘=haneul", "지훈=jihoon", "민서=minseo", "서연=seoyeon", "수빈=subin", "태현=taehyun", "유나=yuna"],
            ["최=choi", "강=kang", "김=kim", "이=lee", "박=park", "신=shin", "윤=yoon"], FamilyFirst: true),
        new("GR", "el", ["Αθήνα", "Θεσσαλονίκη", "Πάτρα"],
            ["Δημήτρης=dimitris", "Ελένη=eleni", "Γιώργος=giorgos", "Κατερίνα=katerina", "Μαρία=maria", "Νίκος=nikos", "Σοφία=sofia", "Θανάσης=thanasis"],
            ["Αλεξίου=alexiou", "Δούκας=doukas", "Γαλάνη=galani", "Κωνσταντίνου=konstantinou", "Μαρκάκης=markakis", "Παππάς=pappas", "Ζώη=zoi"]),
        new("UA", "uk", ["Київ", "Львів", "Одеса"],
            ["Андрій=andrii", "Дарина=daryna", "Ірина=iryna", "Леся=lesia", "Максим=maksym", "Оксана=oksana", "Соломія=solomiia", "Тарас=taras"],
            ["Бондар=bondar", "Гнатюк=hnatiuk", "Коваль=koval", "Лисенко=lysenko", "Мельник=melnyk", "Шевчук=shevchuk", "Ткач=tkach"]),
        new("EG", "ar", ["القاهرة", "الإسكندرية", "الجيزة"],
            ["أحمد=ahmed", "أميرة=amira", "حسن=hassan", "كريم=karim", "ليلى=layla", "منى=mona", "نور=nour", "ياسمين=yasmin"],
            ["الشريف=elsherif", "فاروق=farouk", "حسين=hussein", "منصور=mansour", "رشدي=roushdy", "سليم=selim", "زكي=zaki"]),
    ];

    /// <summary>How a name is written, and how it is spelled in a handle.</summary>
    public static (string Written, string Latin) Spell(string name)
    {
        var at = name.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (name, name) : (name[..at], name[(at + 1)..]);
    }
}
