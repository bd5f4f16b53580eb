namespace Connections.Local.DemoData;

/// <summary>The origin of a demo creator.</summary>
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
            ["Amelia", "Callum", "Freya", "Harriet", "Imogen", "Jack", "Poppy", "Rhys"],
            ["Ashworth", "Bennett", "Carver", "Hughes", "Marlow", "Patel", "Whitfield"]),
        new("US", "en", ["Austin", "Chicago", "Portland"],
            ["Aaliyah", "Brooke", "Darnell", "Jordan", "Kayla", "Mason", "Savannah", "Tyler"],
            ["Brooks", "Carter", "Delgado", "Freeman", "Holloway", "Jackson", "Whitaker"]),
        new("DE", "de", ["Berlin", "Hamburg", "Köln"],
            ["Anneke", "Björn", "Jonas", "Katrin", "Leonie", "Matthias", "Svenja", "Ömer"],
            ["Bäcker", "Fischer", "Großmann", "Krüger", "Schäfer", "Vogel", "Yıldız"]),
        new("FR", "fr", ["Paris", "Lyon", "Nantes"],
            ["Amélie", "Baptiste", "Chloé", "Hélène", "Loïc", "Margaux", "Théo", "Yasmine"],
            ["Benali", "Delacroix", "Girard", "Lefèvre", "Marchand", "Rousseau", "Villeneuve"]),
        new("ES", "es", ["Madrid", "Valencia", "Sevilla"],
            ["Alba", "Íñigo", "Jimena", "Lucía", "Martín", "Nerea", "Rocío", "Sergio"],
            ["Castaño", "Echeverría", "Ibáñez", "Muñoz", "Navarro", "Peñalver", "Serrano"]),
        new("IT", "it", ["Milano", "Torino", "Bari"],
            ["Alessia", "Davide", "Federica", "Giulia", "Lorenzo", "Matteo", "Niccolò", "Noemi"],
            ["Bianchi", "Caruso", "De Santis", "Fontana", "Lombardi", "Moretti", "Zanetti"]),
        new("PT", "pt", ["Lisboa", "Porto", "Braga"],
            ["Beatriz", "Catarina", "Duarte", "Inês", "João", "Mafalda", "Rúben", "Tomás"],
            ["Azevedo", "Conceição", "Figueiredo", "Guimarães", "Mourão", "Ribeiro", "Simões"]),
        new("BR", "pt", ["São Paulo", "Recife", "Curitiba"],
            ["Ana Clara", "Caio", "Iara", "Larissa", "Luan", "Rafaela", "Thiago", "Vitória"],
            ["Albuquerque", "Barbosa", "Cavalcanti", "Gonçalves", "Nascimento", "Oliveira", "Teixeira"]),
        new("MX", "es", ["Ciudad de México", "Guadalajara", "Oaxaca"],
            ["Citlali", "Diego", "Fernanda", "Itzel", "Joaquín", "Renata", "Santiago", "Ximena"],
            ["Cárdenas", "Escobedo", "Hernández", "Lozano", "Montaño", "Quiñones", "Zamora"]),
        new("PL", "pl", ["Warszawa", "Kraków", "Gdańsk"],
            ["Agnieszka", "Bartek", "Dominika", "Kasia", "Łukasz", "Małgorzata", "Paweł", "Zosia"],
            ["Dąbrowska", "Jabłoński", "Kowal", "Majewska", "Sikora", "Wójcik", "Zając"]),
        new("CZ", "cs", ["Praha", "Brno", "Plzeň"],
            ["Anežka", "Jakub", "Kateřina", "Matěj", "Ondřej", "Šárka", "Tereza", "Vojtěch"],
            ["Beneš", "Černá", "Horák", "Kučera", "Němcová", "Růžička", "Sedláček"]),
        new("SE", "sv", ["Stockholm", "Göteborg", "Malmö"],
            ["Alva", "Elsa", "Filip", "Hampus", "Linnéa", "Moa", "Oskar", "Saga"],
            ["Åkesson", "Bergström", "Ekdahl", "Lindqvist", "Nyström", "Sjöberg", "Wallin"]),
        new("NL", "nl", ["Amsterdam", "Utrecht", "Rotterdam"],
            ["Anouk", "Bram", "Daan", "Fleur", "Jasmijn", "Noor", "Sanne", "Thijs"],
            ["de Vries", "Hoekstra", "Jansen", "Kuipers", "van Dijk", "Verhoeven", "Zwart"]),
        new("TR", "tr", ["İstanbul", "İzmir", "Ankara"],
            ["Ayşe", "Burak", "Defne", "Elif", "Gökçe", "Kerem", "Tuğba", "Umut"],
            ["Aydın", "Çelik", "Demir", "Kılıç", "Öztürk", "Şahin", "Yücel"]),
        new("NG", "en", ["Lagos", "Abuja", "Ibadan"],
            ["Adaeze", "Chidi", "Folake", "Ifeoma", "Kelechi", "Ngozi", "Tobi", "Zainab"],
            ["Adebayo", "Balogun", "Eze", "Nwosu", "Ogunleye", "Okafor", "Yusuf"]),
        new("KE", "sw", ["Nairobi", "Mombasa", "Kisumu"],
            ["Achieng", "Brian", "Faith", "Kamau", "Makena", "Njeri", "Otieno", "Wanjiru"],
            ["Kariuki", "Kimani", "Mutua", "Mwangi", "Ndungu", "Odhiambo", "Wekesa"]),
        new("IN", "hi", ["Mumbai", "Bengaluru", "Jaipur"],
            ["Aarav", "Ananya", "Diya", "Ishaan", "Kavya", "Meera", "Rohan", "Tanvi"],
            ["Chatterjee", "Deshpande", "Iyer", "Kapoor", "Menon", "Reddy", "Sharma"]),
        new("PH", "fil", ["Manila", "Cebu", "Davao"],
            ["Andrea", "Bea", "Carlo", "Jasmine", "Liza", "Miguel", "Paolo", "Trisha"],
            ["Aquino", "Bautista", "Dela Cruz", "Manalo", "Pangilinan", "Santos", "Villanueva"]),
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

/// <summary>The subject of a demo creator, with texts for the profile.</summary>
/// <param name="Category">A category of the published list.</param>
/// <param name="Beside">A second category that fits.</param>
/// <param name="Platforms">The creators' platforms, the likeliest first.</param>
/// <param name="Tags">Tags to choose from.</param>
/// <param name="Headlines">Headlines to choose from; <c>{city}</c> is replaced.</param>
/// <param name="About">Continuations of "I " for a bio.</param>
internal sealed record DemoNiche(string Category, string Beside, string[] Platforms, string[] Tags, string[] Headlines, string[] About)
{
    /// <summary>All of them. Adding one changes who the demo creators are.</summary>
    public static IReadOnlyList<DemoNiche> All { get; } =
    [
        new("food", "lifestyle", ["instagram", "tiktok", "youtube", "blog"],
            ["street food", "vegan", "baking", "sourdough", "one-pot", "family recipes", "fermenting", "budget meals"],
            ["Weeknight dinners in half an hour", "Sourdough, slowly", "Eating my way through {city}", "My grandmother's recipes, written down at last"],
            ["cook what is in season and show every step, mistakes too", "test each recipe five times before it goes up", "look for the small kitchens that no guide lists"]),
        new("beauty", "fashion", ["instagram", "tiktok", "youtube"],
            ["skincare", "clean beauty", "curly hair", "make-up", "sensitive skin", "nail art", "fragrance"],
            ["Skincare without the hype", "Make-up for faces with a life", "Curls, explained", "Honest reviews from {city}"],
            ["read the ingredient list so that you need not", "try a product for a month before I say a word", "show skin as it is, without a filter"]),
        new("fashion", "sustainability", ["instagram", "tiktok", "pinterest"],
            ["slow fashion", "thrift", "streetwear", "workwear", "plus size", "capsule wardrobe", "sneakers"],
            ["Second hand first", "Getting dressed in {city}", "A wardrobe of thirty pieces", "Streetwear with a sewing machine"],
            ["wear things many times and say how they hold up", "mend, alter and swap more than I buy", "dress for a real body and a real budget"]),
        new("fitness", "wellness", ["instagram", "youtube", "tiktok"],
            ["strength", "running", "home workouts", "mobility", "yoga", "postnatal", "calisthenics"],
            ["Strong at any age", "Twenty minutes, no equipment", "From couch to marathon, then back to the couch", "Lifting in a {city} garage"],
            ["coach beginners and remember being one", "write plans that survive a bad week", "talk about rest as much as about training"]),
        new("travel", "photography", ["instagram", "youtube", "blog", "tiktok"],
            ["slow travel", "by train", "solo travel", "hidden places", "with kids", "budget", "van life"],
            ["By train, never by plane", "Slow weekends around {city}", "Solo, female, fine", "A van, a dog and no plan"],
            ["travel overland and write down what it cost", "ask people where they would take a friend", "show the rain as well as the sunset"]),
        new("gaming", "technology", ["twitch", "youtube", "tiktok", "x"],
            ["indie games", "speedruns", "cosy games", "retro", "esports", "let's play", "RPG"],
            ["Cosy games after work", "Speedruns, badly at first", "Indie games that deserve more players", "Live most nights from {city}"],
            ["stream four evenings a week to people I know by name", "finish the games that others leave on a list", "keep a chat where nobody has to be loud"]),
        new("technology", "education", ["youtube", "x", "newsletter", "linkedin"],
            ["gadgets", "phones", "smart home", "open source", "AI", "repair", "privacy"],
            ["Tech that lasts longer than its contract", "Phones, taken apart", "Explaining AI to my parents", "A workbench in {city}"],
            ["buy what I review and keep it for a year", "repair before I recommend", "explain one thing at a time, without the jargon"]),
        new("family", "home", ["instagram", "blog", "podcast", "facebook"],
            ["parenting", "toddlers", "twins", "single parent", "crafts with kids", "family budget"],
            ["Three kids, one income, some sleep", "Fatherhood from {city}", "The honest parent's podcast", "Twins and other plans"],
            ["never show my children's faces", "write about the days that do not work", "share what helped, and what was a waste of money"]),
        new("home", "diy", ["instagram", "pinterest", "youtube"],
            ["small spaces", "plants", "vintage furniture", "renovation", "balcony garden", "colour"],
            ["Forty square metres in {city}", "An old house, room by room", "Plants that forgive you", "Furniture from the street"],
            ["renovate with my own hands and an honest budget", "find furniture with a past and give it a future", "live in a rented flat and still make it mine"]),
        new("music", "art", ["tiktok", "youtube", "instagram"],
            ["songwriting", "guitar", "home studio", "jazz", "piano", "live sessions", "beats"],
            ["A song a week", "Bedroom producer from {city}", "Jazz chords for everyone", "Busking, mostly"],
            ["write, record and release in the same week", "teach the song as well as play it", "record live, with the mistakes left in"]),
        new("comedy", "lifestyle", ["tiktok", "instagram", "youtube"],
            ["sketches", "stand-up", "office life", "parody", "family humour", "dialects"],
            ["Sketches about the office you left", "Stand-up from {city}", "My mother, played by me", "One minute of nonsense a day"],
            ["play every part myself, including the dog", "write down what people say on the tram", "test jokes on a real stage first"]),
        new("education", "books", ["youtube", "tiktok", "podcast", "newsletter"],
            ["history", "languages", "maths", "science", "study tips", "space"],
            ["History you were not told", "Maths without fear", "A language in ten minutes a day", "Science from a {city} kitchen"],
            ["teach at a school by day and here by night", "name my sources, always", "start from the question a child would ask"]),
        new("finance", "business", ["youtube", "linkedin", "podcast", "newsletter"],
            ["saving", "index funds", "freelancing", "first home", "pensions", "debt free"],
            ["Money without shame", "Freelance in {city}, in numbers", "Pensions before thirty", "Debt free, and how"],
            ["show my own accounts every month", "explain what a fee costs over thirty years", "take no money from anyone I write about"]),
        new("outdoors", "sports", ["instagram", "youtube", "blog"],
            ["hiking", "trail running", "climbing", "wild camping", "kayak", "birding", "cycling"],
            ["Day hikes you can reach by bus from {city}", "Climbing, and falling", "Birds before breakfast", "Long rides on an old bike"],
            ["leave no trace and no geotag", "map every walk and how wet your feet get", "go out in all weather so that you can choose"]),
        new("sustainability", "lifestyle", ["instagram", "newsletter", "tiktok", "bluesky"],
            ["zero waste", "repair", "energy", "plant based", "climate", "refill"],
            ["Less stuff, more life", "Repair café {city}", "Climate news that you can use", "A year without buying new"],
            ["count, measure and publish the numbers", "ask brands the question they would rather not hear", "look for the change that lasts past January"]),
        new("pets", "family", ["instagram", "tiktok", "youtube"],
            ["rescue dogs", "cats", "dog training", "senior pets", "parrots", "foster"],
            ["Rescue dogs find their people", "Two cats run this account", "Training without a raised voice", "An old dog in {city}"],
            ["foster dogs until they find a home", "train with patience and a lot of cheese", "ask a vet before I say anything about health"]),
        new("art", "diy", ["instagram", "tiktok", "pinterest", "threads"],
            ["watercolour", "ceramics", "illustration", "calligraphy", "murals", "knitting"],
            ["Walls of {city}, repainted", "Clay, every day", "Small paintings, big feelings", "Ink and patience"],
            ["show the work from the blank page on", "sell prints to pay for the paint", "run a workshop for beginners each month"]),
        new("automotive", "technology", ["youtube", "instagram", "facebook"],
            ["classic cars", "electric", "motorbikes", "restoration", "track days", "camper builds"],
            ["Old engines, new life", "Electric, after 100,000 km", "A garage in {city}", "Two wheels in all seasons"],
            ["restore cars that others would scrap", "drive what I test for a whole month", "say what the repair really cost"]),
    ];
}
