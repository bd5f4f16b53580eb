using System.Net;
using System.Net.Sockets;
using Connections.Local;

namespace Connections.Tests.Local;

public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connections-test-").FullName;

    [Fact]
    public async Task It_serves_stops_on_request_and_releases_its_folder()
    {
        await using var first = await LocalProcess.StartAsync(_folder, ["--creators", "2"]);
        using var client = new HttpClient { BaseAddress = first.Url };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/health")).StatusCode);

        var (code, output) = await LocalProcess.RunAsync("--data", _folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, code);
        Assert.Contains("Another local host is using", output, StringComparison.Ordinal);

        Assert.Equal(0, await first.StopAsync());
        await using var second = await LocalProcess.StartAsync(_folder, ["--creators", "2"]);
    }

    [Fact]
    public async Task A_port_in_use_is_exit_code_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, output) = await LocalProcess.RunAsync("--data", _folder, "--urls", $"http://localhost:{port}");

        Assert.Equal(1, code);
        Assert.Contains($"Port {port} is in use", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_emulators_print_the_settings_of_the_function_app_and_stop_on_request()
    {
        await using var emulators = await LocalProcess.StartEmulatorsAsync(_folder);

        var settings = EmulatorSettings.FileFor(emulators.Url);
        var written = await Calls.EventuallyAsync(
            () => Task.FromResult(string.Join('\n', emulators.Written)), text => text.Contains(settings, StringComparison.Ordinal));
        Assert.Contains(settings, written, StringComparison.Ordinal);
        Assert.Contains(EmulatorSettings.Azurite, written, StringComparison.Ordinal);
        Assert.Equal(0, await emulators.StopAsync());
    }

    [Fact]
    public async Task An_unknown_option_is_exit_code_2()
    {
        var (code, output) = await LocalProcess.RunAsync("--port", "1");

        Assert.Equal(2, code);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("There is no option --port", line, StringComparison.Ordinal);
        Assert.Contains("--help", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_reported()
    {
        var file = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(file, "mine");

        var (code, output) = await LocalProcess.RunAsync("--data", file, "--no-web");

        Assert.Equal(1, code);
        Assert.Contains($"{file} is a file. The data needs a folder", output, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
