using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Pictures and files in messages.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class FilesTests(WebClientFixture web)
{
    private const int Phone = 360;
    private const int Laptop = 1280;

    [BrowserTheory]
    [InlineData(Laptop, false)]
    [InlineData(Phone, true)]
    public async Task A_photo_arrives_upright_and_without_its_place(int width, bool byCamera)
    {
        var (pair, id) = await ConnectAsync();
        var (brand, creator) = (await OpenAsync(pair.BrandId, id, width), await OpenAsync(pair.CreatorId, id, width));
        // Larger than is sent, and on its side.
        var photo = await TestFiles.PhotoAsync(brand.Page, 2600, 1300);
        await brand.Page.Locator(byCamera ? "input[capture]" : "input[multiple]").SetInputFilesAsync(photo);
        await brand.Page.TextBox("Description of IMG_2041.jpg").FillAsync("A teal wall");
        await brand.Page.AssertForEverybodyAsync();
        await brand.Page.TextBox($"Message to {pair.CreatorName}").FillAsync("From the shoot");
        await brand.Page.Button("Send").ClickAsync();

        var shown = creator.Page.Button("Picture: A teal wall");
        await Expect(shown.Locator("img")).ToBeVisibleAsync();
        await Expect(creator.Page.Message("From the shoot")).ToBeVisibleAsync();
        await Expect(brand.Page.Button("Picture: A teal wall")).ToBeVisibleAsync();
        var bytes = await LoadedAsync(creator.Page, shown);
        Assert.Equal(new byte[] { 0xFF, 0xD8 }, bytes[..2]);
        var text = Encoding.Latin1.GetString(bytes);
        Assert.DoesNotContain("Exif", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Phone of", text, StringComparison.Ordinal);
        Assert.Equal((1024, 2048), await SizeAsync(shown));
        await creator.Page.AssertForEverybodyAsync();
    }

    [BrowserFact]
    public async Task A_brief_is_sent_and_downloaded_as_it_is()
    {
        var (pair, id) = await ConnectAsync();
        var (brand, creator) = (await OpenAsync(pair.BrandId, id), await OpenAsync(pair.CreatorId, id));
        var brief = TestFiles.Brief();
        await brand.Page.Locator("input[multiple]").SetInputFilesAsync(brief);
        await Expect(brand.Page.GetByText("Brief.pdf", new() { Exact = true })).ToBeVisibleAsync();
        await brand.Page.TextBox($"Message to {pair.CreatorName}").PressAsync("Enter");

        var saved = await creator.Page.RunAndWaitForDownloadAsync(() => creator.Page.Button("Download Brief.pdf").ClickAsync());
        Assert.Equal("Brief.pdf", saved.SuggestedFilename);
        Assert.Equal(brief.Buffer, await File.ReadAllBytesAsync(await saved.PathAsync()));
        await creator.Page.GotoAsync("/messages");
        await Expect(creator.Page.Locator($"[data-connection='{id}']")).ToContainTextAsync("File");
    }

    [BrowserFact]
    public async Task What_the_virus_check_finds_is_refused_in_words()
    {
        var (pair, id) = await ConnectAsync();
        var (brand, creator) = (await OpenAsync(pair.BrandId, id), await OpenAsync(pair.CreatorId, id));
        brand.MayLog("status of 409");
        await brand.Page.Locator("input[multiple]").SetInputFilesAsync(TestFiles.Infected());
        await Expect(brand.Page.Button("Remove Offer.pdf")).ToBeVisibleAsync();
        await brand.Page.TextBox($"Message to {pair.CreatorName}").PressAsync("Enter");

        await Expect(brand.Page.Log()).ToContainTextAsync("Not delivered: our virus check found something harmful in it.");
        // The check may be done before the message is sent, which is then not sent, or after it.
        await Expect(creator.Page.Button("Download Offer.pdf")).ToBeHiddenAsync();
        await brand.Page.AssertForEverybodyAsync();
    }

    [BrowserFact]
    public async Task What_cannot_be_sent_is_refused_in_words_before_it_is_uploaded()
    {
        var (pair, id) = await ConnectAsync();
        var brand = await OpenAsync(pair.BrandId, id);
        var files = brand.Page.Locator("input[multiple]");
        await files.SetInputFilesAsync(Named("setup.exe", "MZ and more"));
        await Expect(brand.Page.GetByRole(AriaRole.Group, new() { Name = "“setup.exe” was not added" }))
            .ToContainTextAsync("You can send pictures (JPEG, PNG, WebP or GIF) and PDF files.");
        await files.SetInputFilesAsync(Named("beach.heic", "\0\0\0\u0018ftypheic"));
        await Expect(brand.Page.GetByRole(AriaRole.Group, new() { Name = "“beach.heic” was not added" }))
            .ToContainTextAsync("This browser cannot open HEIC photos.");
        await files.SetInputFilesAsync(Named("broken.gif", "GIF89a and no more"));
        await Expect(brand.Page.GetByRole(AriaRole.Group, new() { Name = "“broken.gif” was not added" })).ToBeVisibleAsync();

        await files.SetInputFilesAsync([.. Enumerable.Range(1, 5).Select(number => TestFiles.Brief($"{number}.pdf"))]);
        await Expect(brand.Page.GetByRole(AriaRole.Group, new() { Name = "A message takes up to 4 files" })).ToBeVisibleAsync();
        var along = brand.Page.GetByRole(AriaRole.List, new() { Name = "What you send along" }).GetByRole(AriaRole.Listitem);
        await Expect(along).ToHaveCountAsync(4);
        await brand.Page.Button("Remove 2.pdf").ClickAsync();
        await Expect(brand.Page.TextBox($"Message to {pair.CreatorName}")).ToBeFocusedAsync();
        await brand.Page.ReloadAsync();
        await Expect(along).ToHaveCountAsync(3);
    }

    [BrowserFact]
    public async Task A_picture_chosen_offline_is_sent_after_a_reload()
    {
        var (pair, id) = await ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Send me the wall");
        var brand = await OpenAsync(pair.BrandId, id, serviceWorker: true);
        brand.MayLog("ERR_INTERNET_DISCONNECTED");
        await Expect(brand.Page.Message("Send me the wall")).ToBeVisibleAsync();
        await brand.Page.WaitForFunctionAsync(
            "async () => (await navigator.serviceWorker.ready, (await (await caches.open('connections.last-seen')).keys()).length > 2)");
        var photo = await TestFiles.PhotoAsync(brand.Page, 400, 300);

        await brand.Context.SetOfflineAsync(true);
        await brand.Page.Locator("input[multiple]").SetInputFilesAsync(photo);
        await Expect(brand.Page.TextBox("Description of IMG_2041.jpg")).ToBeVisibleAsync();
        await brand.Page.Button("Send").ClickAsync();
        await Expect(brand.Page.Log()).ToContainTextAsync("Not sent yet. It goes out when you are back online.");
        await brand.Page.ReloadAsync();
        await Expect(brand.Page.Log().GetByRole(AriaRole.Img, new() { Name = "Picture" })).ToBeVisibleAsync();

        await brand.Context.SetOfflineAsync(false);
        var creator = await OpenAsync(pair.CreatorId, id);
        await Expect(creator.Page.Button("Picture").Locator("img")).ToBeVisibleAsync();
        Assert.Equal(["Send me the wall", ""], await pair.MessageTextsAsync(id));
        await Expect(brand.Page.Button("Picture")).ToBeVisibleAsync();
        Assert.Equal(0, await KeptFilesAsync(brand.Page, expected: 0));
    }

    [BrowserFact]
    public async Task An_upload_can_be_cancelled_and_what_was_not_sent_goes_with_signing_out()
    {
        var (pair, id) = await ConnectAsync();
        var brand = await OpenAsync(pair.BrandId, id);
        await brand.Page.RouteAsync("**", route => route.Request.Method == "PUT" ? Task.CompletedTask : route.FallbackAsync());
        await brand.Page.Locator("input[multiple]").SetInputFilesAsync(TestFiles.Brief());
        await Expect(brand.Page.Button("Remove Brief.pdf")).ToBeVisibleAsync();
        await brand.Page.Button("Send").ClickAsync();
        await Expect(brand.Page.Log().GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await brand.Page.Button("Cancel").ClickAsync();
        await Expect(brand.Page.Log().GetByRole(AriaRole.Article)).ToHaveCountAsync(0);
        Assert.Equal(0, await KeptFilesAsync(brand.Page, expected: 0));

        await brand.Page.Locator("input[multiple]").SetInputFilesAsync(TestFiles.Brief());
        await Expect(brand.Page.Button("Remove Brief.pdf")).ToBeVisibleAsync();
        Assert.Equal(1, await KeptFilesAsync(brand.Page, expected: 1));
        await brand.Page.Button($"Your account, {pair.BrandName}").ClickAsync();
        await brand.Page.Button("Sign out").ClickAsync();
        await Expect(brand.Page.Heading("Sign in as a demo member")).ToBeVisibleAsync();
        Assert.Equal(0, await KeptFilesAsync(brand.Page, expected: 0));
    }

    [BrowserFact]
    public async Task Pictures_can_be_pasted_and_dropped_and_are_looked_at_by_keyboard()
    {
        var (pair, id) = await ConnectAsync();
        var (brand, creator) = (await OpenAsync(pair.BrandId, id), await OpenAsync(pair.CreatorId, id));
        var box = brand.Page.TextBox($"Message to {pair.CreatorName}");
        await GiveAsync(box, "paste", await TestFiles.ClearPngAsync(brand.Page, 300, 200));
        await Expect(brand.Page.TextBox("Description of logo.png")).ToBeVisibleAsync();
        await GiveAsync(brand.Page.Log(), "drop", await TestFiles.PhotoAsync(brand.Page, 640, 480, "crimson", "wide.jpg"));
        await brand.Page.TextBox("Description of wide.jpg").FillAsync("A crimson wall");
        Assert.False(await GiveAsync(brand.Page.GetByRole(AriaRole.Navigation).First, "drop", TestFiles.Brief()));
        await box.PressAsync("Enter");

        await Expect(creator.Page.Button("Picture: A crimson wall").Locator("img")).ToBeVisibleAsync();
        await creator.Page.Button("Picture").FocusAsync();
        await creator.Page.Keyboard.PressAsync("Enter");
        var viewer = creator.Page.GetByRole(AriaRole.Dialog);
        await Expect(viewer).ToHaveAccessibleNameAsync("Picture 1 of 2");
        await Expect(viewer.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await creator.Page.AssertForEverybodyAsync();
        await creator.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(viewer).ToHaveAccessibleNameAsync("Picture 2 of 2");
        var before = await viewer.GetByRole(AriaRole.Img).BoundingBoxAsync();
        await creator.Page.Keyboard.PressAsync("+");
        await Calls.EventuallyAsync(
            async () => (await viewer.GetByRole(AriaRole.Img).BoundingBoxAsync())!.Width, width => width > before!.Width);
        var saved = await creator.Page.RunAndWaitForDownloadAsync(() => viewer.Button("Download wide.jpg").ClickAsync());
        Assert.Equal("wide.jpg", saved.SuggestedFilename);
        await creator.Page.Keyboard.PressAsync("Escape");
        await Expect(viewer).ToBeHiddenAsync();
        await Expect(creator.Page.Button("Picture")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Nothing_moves_when_a_picture_is_loaded()
    {
        var (pair, id) = await ConnectAsync();
        var brand = await OpenAsync(pair.BrandId, id);
        await brand.Page.Locator("input[multiple]").SetInputFilesAsync(await TestFiles.PhotoAsync(brand.Page, 300, 500));
        await Expect(brand.Page.Button("Remove IMG_2041.jpg")).ToBeVisibleAsync();
        await brand.Page.TextBox($"Message to {pair.CreatorName}").FillAsync("With a picture");
        await brand.Page.Button("Send").ClickAsync();
        await Expect(brand.Page.Button("Picture")).ToBeVisibleAsync();

        var creator = await web.NewPersonAsync(pair.CreatorId);
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await creator.Page.RouteAsync("**/messages/*/files/*", async route =>
        {
            asked.TrySetResult();
            await go.Task;
            await route.ContinueAsync();
        });
        await creator.Page.GotoAsync($"/messages/{id}");
        await asked.Task.WaitAsync(LocalHostFixture.MaxWait);
        var text = creator.Page.Message("With a picture");
        var before = await text.BoundingBoxAsync();
        go.SetResult();
        await Expect(creator.Page.Button("Picture").Locator("img")).ToBeVisibleAsync();
        var after = await text.BoundingBoxAsync();
        Assert.Equal((before!.Y, before.Height), (after!.Y, after.Height));
    }

    private static FilePayload Named(string name, string content) =>
        new() { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.Latin1.GetBytes(content) };

    // As the browser does when a member pastes or drops a file. Answers whether it would go on, as by showing a dropped file.
    private static async Task<bool> GiveAsync(ILocator target, string how, FilePayload file) => await target.EvaluateAsync<bool>(
        """
        (element, { how, name, type, content }) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name, { type }));
          const options = { bubbles: true, cancelable: true };
          return element.dispatchEvent(
            how === 'paste'
              ? new ClipboardEvent('paste', { ...options, clipboardData: data })
              : new DragEvent('drop', { ...options, dataTransfer: data }),
          );
        }
        """,
        new { how, name = file.Name, type = file.MimeType, content = Convert.ToBase64String(file.Buffer) });

    private static async Task<byte[]> LoadedAsync(IPage page, ILocator button)
    {
        var url = await button.Locator("img").GetAttributeAsync("src");
        return Convert.FromBase64String(await page.EvaluateAsync<string>(
            """
            async (url) => {
              const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
              return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
            }
            """,
            url));
    }

    private static async Task<(int Width, int Height)> SizeAsync(ILocator button)
    {
        var size = await button.Locator("img").EvaluateAsync<int[]>(
            "(img) => img.decode().then(() => [img.naturalWidth, img.naturalHeight])");
        return (size[0], size[1]);
    }

    private static Task<int> KeptFilesAsync(IPage page, int expected) => Calls.EventuallyAsync(
        () => page.EvaluateAsync<int>(
            """
            () => new Promise((resolve) => {
              const open = indexedDB.open('connections.files');
              open.onsuccess = () => {
                const names = [...open.result.objectStoreNames];
                if (names.length === 0) { resolve(0); return; }
                const count = open.result.transaction(names).objectStore(names[0]).count();
                count.onsuccess = () => { open.result.close(); resolve(count.result); };
              };
            })
            """),
        count => count == expected);

    private async Task<(Pair Pair, string Id)> ConnectAsync()
    {
        var pair = await Pair.MakeAsync(web.Host);
        return (pair, await pair.ConnectAsync());
    }

    private async Task<Person> OpenAsync(string memberId, string connectionId, int width = Laptop, bool serviceWorker = false)
    {
        var person = await web.NewPersonAsync(memberId, width, serviceWorker: serviceWorker);
        await person.Page.GotoAsync($"/messages/{connectionId}");
        await Expect(person.Page.Log()).ToBeVisibleAsync();
        return person;
    }
}
