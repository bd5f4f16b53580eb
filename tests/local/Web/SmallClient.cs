using Connections.Local.Web;

namespace Connections.Tests.Local.Web;

/// <summary>A temporary repository with a minimal web client, whose build depends on the content of <c>main.js</c>.</summary>
public sealed class SmallClient : IDisposable
{
    // Writes the output that Vite would write, and a line in builds.txt for each run.
    private const string Build = """
        import { spawn } from 'node:child_process';
        import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
        const out = process.argv[process.argv.indexOf('--outDir') + 1];
        appendFileSync('../builds.txt', 'built\n');
        writeFileSync('src/api/schema.d.ts', `export {}; // ${process.hrtime.bigint()}`);
        const main = readFileSync('src/main.js', 'utf8');
        if (main.includes('hang')) {
          const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
          writeFileSync('../pids.txt', `${process.ppid} ${process.pid} ${child.pid}`);
        }
        while (main.includes('hang') || (main.includes('wait') && !existsSync('../go.txt'))) {
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        if (main.includes('oops')) {
          console.log('\x1b[31m<b>main.js</b> does not parse\x1b[0m');
          process.exit(3);
        }
        mkdirSync(`${out}/assets`, { recursive: true });
        writeFileSync(`${out}/assets/main-1a2b.js`, main);
        writeFileSync(`${out}/favicon.svg`, '<svg xmlns="http://www.w3.org/2000/svg"/>');
        writeFileSync(`${out}/manifest.webmanifest`, '{}');
        if (!main.includes('nothing')) {
          writeFileSync(`${out}/index.html`, '<!doctype html><title>Small client</title><script type="module" src="/assets/main-1a2b.js"></script>');
        }
        """;

    /// <summary>Creates a client whose build succeeds.</summary>
    public SmallClient()
    {
        Write("functions/openapi.yaml", "openapi: 3.1.0\n");
        Write(
            "web/package.json",
            """{ "name": "small", "private": true, "scripts": { "build": "node build.mjs" }, "dependencies": { "word": "file:../word" } }""");
        Write("web/package-lock.json", Lock("1.0.0"));
        Write("word/package.json", """{ "name": "word", "version": "1.0.0" }""");
        Write("web/build.mjs", Build);
        Write("web/src/api/client.js", "export {};");
        Write("web/src/main.js", "document.title = 'small';");
    }

    /// <summary>The root of the repository.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("connections-test-").FullName;

    /// <summary>The options of a host that serves it.</summary>
    public WebOptions Options => new(Folder);

    /// <summary>The number of builds so far.</summary>
    public int Builds => File.Exists(At("builds.txt")) ? File.ReadAllLines(At("builds.txt")).Length : 0;

    /// <summary>A lock file with a package in a version.</summary>
    public static string Lock(string version) => $$"""
        { "name": "small", "lockfileVersion": 3, "requires": true, "packages": {
          "": { "name": "small", "dependencies": { "word": "file:../word" } },
          "../word": { "version": "{{version}}" },
          "node_modules/word": { "resolved": "../word", "link": true } } }
        """;

    /// <summary>The full path of a file in the repository.</summary>
    public string At(string path) => Path.Combine(Folder, path);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
    }

    /// <summary>Installs and builds the client as a starting host does, and returns the final state.</summary>
    public async Task<WebState> StartAsync(WebOptions? options = null)
    {
        await using var client = new WebClient(options ?? Options);
        client.Start();
        return await client.FinishedAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
