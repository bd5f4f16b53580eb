using Connections.Notices;

namespace Connections.Tests.Functions.Email;

public sealed class OperationIdTests
{
    [Fact]
    public void A_notice_has_one_operation_id_for_ever() =>
        // Fixed values: a release that computed other ids would send emails in flight twice.
        Assert.Equal(new Guid("492f0a44-0f4b-8e77-986c-9b7d05aec128"), NoticeHandover.OperationId("c0.1.InviteReceived"));

    [Fact]
    public void Two_notices_have_two() =>
        Assert.NotEqual(NoticeHandover.OperationId("c0.1.InviteReceived"), NoticeHandover.OperationId("c0.2.InviteReceived"));
}
