using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Connections.Emulators.Blobs;

/// <summary>Lists the blobs of a container, a page at a time.</summary>
internal static class BlobLists
{
    private const int MaxAtOnce = 5000;

    public static BlobAnswer Answer(LocalBlobs blobs, BlobRequest request, BlobTarget target)
    {
        var query = request.Query;
        if (blobs.FindContainer(target.Container) is null)
        {
            throw BlobRefusal.NoContainer();
        }

        var most = MaxAtOnce;
        if (query.TryGetValue("maxresults", out var asked)
            && !(int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is > 0 and <= MaxAtOnce))
        {
            throw BlobRefusal.InvalidQuery("maxresults");
        }

        var prefix = query.GetValueOrDefault("prefix", "");
        var page = blobs.List(target.Container, prefix, After(query.GetValueOrDefault("marker", "")), most);
        return BlobAnswer.OfXml(200, BlobXml.Bytes(new XElement(
            "EnumerationResults",
            new XAttribute("ContainerName", target.Container),
            new XElement("Prefix", prefix),
            new XElement("Blobs", page.Blobs.Select(Element)),
            new XElement("NextMarker", page.Next is null ? "" : Convert.ToBase64String(Encoding.UTF8.GetBytes(page.Next))))));
    }

    private static XElement Element(StoredBlob blob) => new(
        "Blob",
        new XElement("Name", blob.Name),
        new XElement(
            "Properties",
            new XElement("Creation-Time", blob.CreatedAt.ToString("r")),
            new XElement("Last-Modified", blob.LastModified.ToString("r")),
            new XElement("Etag", blob.ETag),
            new XElement("Content-Length", blob.Size),
            new XElement("Content-Type", blob.Properties.Type),
            new XElement("BlobType", "BlockBlob"),
            new XElement("LeaseStatus", "unlocked"),
            new XElement("LeaseState", "available"),
            new XElement("ServerEncrypted", "true")));

    private static string? After(string marker)
    {
        try
        {
            return marker.Length == 0 ? null : Encoding.UTF8.GetString(Convert.FromBase64String(marker));
        }
        catch (FormatException)
        {
            throw BlobRefusal.InvalidQuery("marker");
        }
    }
}
