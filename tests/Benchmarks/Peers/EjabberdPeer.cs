using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Connections.Benchmarks.Chat;
using Microsoft.Data.Sqlite;

namespace Connections.Benchmarks.Peers;

/// <summary>ejabberd as Debian packages it, with its archive (<c>mod_mam</c>) in SQLite, spoken to by XMPP over WebSocket.</summary>
internal sealed class EjabberdPeer : ChatPeer
{
    private const string Schema = "/usr/share/ejabberd/sql/lite.sql";
    private const string Password = "benchmark";

    private static readonly string Libraries = Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").FirstOrDefault() ?? "";

    // ejabberd has no setting for it, and the others do not sync each message either.
    private static readonly string WithoutSync = Path.Combine(Libraries, "libeatmydata.so");

    private static readonly TimeSpan MaxStart = TimeSpan.FromSeconds(30);

    private readonly List<ChatSocket> _sockets = [];
    private readonly Process _process;
    private readonly Uri _url;
    private readonly string _folder;

    private EjabberdPeer(Process process, Uri url, string folder) => (_process, _url, _folder) = (process, url, folder);

    /// <summary>Whether it is installed (<c>apt-get install ejabberd erlang-p1-sqlite3 libeatmydata1</c>).</summary>
    public static bool IsInstalled => File.Exists(Schema);

    /// <inheritdoc/>
    public override string Name => File.Exists(WithoutSync) ? "ejabberd" : "ejabberd, with a sync for each message";

    /// <inheritdoc/>
    protected override int ProcessId => _process.Id;

    /// <summary>Starts it with so many members.</summary>
    public static async Task<EjabberdPeer> StartAsync(int members)
    {
        var folder = Directory.CreateTempSubdirectory("connections-ejabberd-").FullName;
        var database = Path.Combine(folder, "chat.db");
        Create(database, members);
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "ejabberd.yml"), Configuration(database, port));
        // The control script would ask for the user ejabberd and its folders.
        var start = new ProcessStartInfo(
            "erl", ["+K", "true", "-noinput", "-mnesia", "dir", $"\"{Path.Combine(folder, "mnesia")}\"", "-s", "ejabberd"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["HOME"] = folder,
                ["EJABBERD_CONFIG_PATH"] = Path.Combine(folder, "ejabberd.yml"),
                ["EJABBERD_LOG_PATH"] = Path.Combine(folder, "ejabberd.log"),
                ["ERL_LIBS"] = Libraries,
                ["LD_PRELOAD"] = File.Exists(WithoutSync) ? WithoutSync : "",
            },
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        await WaitForAsync(port);
        return new EjabberdPeer(process, new Uri($"ws://127.0.0.1:{port}/ws"), folder);
    }

    /// <inheritdoc/>
    public override async Task OpenAsync(int members, Action<int, int> received)
    {
        const string Open = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";
        const string Bind = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind></iq>";
        for (var i = 0; i < members; i++)
        {
            var me = i;
            var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{NameOf(i)}\0{Password}"));
            _sockets.Add(await ChatSocket.OpenAsync(
                _url,
                "xmpp",
                "<body>",
                number => received(me, number),
                (Open, "features>"),
                ($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{plain}</auth>", "<success"),
                (Open, "features>"),
                (Bind, "<jid>"),
                ("<presence/>", "<presence")));
        }
    }

    /// <inheritdoc/>
    public override Task SendAsync(int from, int number) => _sockets[from].SendAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"<message to='{NameOf(from ^ 1)}@localhost' type='chat' id='{number}'><body>{number} {ChatText.Text}</body></message>"));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.DisposeAsync();
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string NameOf(int member) => string.Create(CultureInfo.InvariantCulture, $"m{member}");

    // Members by SQL, because the control script takes a third of a second for each.
    private static void Create(string file, int members)
    {
        using var database = new SqliteConnection($"Data Source={file};Pooling=False");
        database.Open();
        using var setup = database.CreateCommand();
        setup.CommandText = $"PRAGMA journal_mode = WAL; {File.ReadAllText(Schema)}";
        setup.ExecuteNonQuery();
        for (var i = 0; i < members; i++)
        {
            using var member = database.CreateCommand();
            member.CommandText = "INSERT INTO users (username, password) VALUES ($name, $password)";
            member.Parameters.AddWithValue("$name", NameOf(i));
            member.Parameters.AddWithValue("$password", Password);
            member.ExecuteNonQuery();
        }
    }

    private static string Configuration(string database, int port) => $$"""
        hosts: [localhost]
        loglevel: error
        auth_method: sql
        default_db: sql
        sql_type: sqlite
        sql_database: {{database}}
        listen:
          - port: {{port}}
            ip: 127.0.0.1
            module: ejabberd_http
            request_handlers:
              /ws: ejabberd_http_ws
        modules:
          mod_mam:
            default: always
            db_type: sql
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitForAsync(int port)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (clock.Elapsed < MaxStart)
            {
                continue;
            }
        }
    }
}
