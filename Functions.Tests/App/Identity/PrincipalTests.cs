using System.Text;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;

namespace Autopay.Tests.App.Identity;

/// <summary>Whom the principal that the platform writes makes of a request (N18, N19, N20), without an app.</summary>
public sealed class PrincipalTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Ann = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private const string Bob = "bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee";
    private const string Schema = "http://schemas.microsoft.com/identity/claims/";
    private const string RoleSchema = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";
    private const int Largest = 16 * 1024;

    [Fact]
    public async Task One_principal_is_one_person_with_the_roles_that_the_directory_gave()
    {
        var caller = await IdentifyAsync(
            Header([("tid", Tenant), ("oid", Ann), ("roles", "Preparer"), ("roles", "Viewer"), ("name", "Ann Bell")])
        );

        Assert.Equal(($"{Tenant}/{Ann}", "Ann Bell"), (caller.Who, caller.Name));
        Assert.Equal([Role.Viewer, Role.Preparer], caller.Roles.Order());
    }

    [Fact]
    public async Task The_long_names_of_claims_say_the_same()
    {
        var caller = await IdentifyAsync(
            Header([($"{Schema}tenantid", Tenant), ($"{Schema}objectidentifier", Ann), (RoleSchema, "Approver")])
        );

        Assert.Equal(($"{Tenant}/{Ann}", Role.Approver), (caller.Who, caller.Roles.Single()));
        Assert.Null(caller.Name);
    }

    public static TheoryData<string> Nobody =>
        [
            "",
            "not base64",
            Base64("no JSON"),
            Base64("null"),
            Base64("{}"),
            Base64("""{"claims":null}"""),
            Base64("""{"claims":[{}]}"""),
            Header([("tid", Tenant), ("oid", Ann), ("oid", Bob)]),
            Header([("tid", Tenant), ("oid", Ann), ($"{Schema}objectidentifier", Bob)]),
            Header([("tid", Tenant), ("tid", Bob), ("oid", Ann)]),
            Header([("tid", Tenant)]),
            Header([("oid", Ann)]),
            Header([("tid", Tenant), ("oid", "somebody")]),
            Header([("tid", "city"), ("oid", Ann)]),
        ];

    [Theory]
    [MemberData(nameof(Nobody))]
    public async Task What_is_not_one_person_of_one_tenant_is_nobody(string header) =>
        Assert.Equal(401, (await RefusedAsync(header)).Status);

    [Fact]
    public async Task Two_principals_and_none_are_nobody()
    {
        var one = Header([("tid", Tenant), ("oid", Ann)]);

        Assert.Equal(401, (await RefusedAsync(one, one)).Status);
        Assert.Equal(401, (await RefusedAsync()).Status);
    }

    [Fact]
    public async Task The_same_id_under_two_names_is_one_person() =>
        Assert.Equal(
            $"{Tenant}/{Ann}",
            (await IdentifyAsync(Header([("tid", Tenant), ("oid", Ann), ($"{Schema}objectidentifier", Ann)]))).Who
        );

    [Fact]
    public async Task A_principal_may_be_16_KB_long_and_no_longer()
    {
        var largest = Filled(Largest);

        Assert.Equal($"{Tenant}/{Ann}", (await IdentifyAsync(largest)).Who);
        Assert.Equal(401, (await RefusedAsync(Filled(Largest + 4))).Status);
    }

    [Fact]
    public async Task A_person_of_another_tenant_is_refused_and_capitals_make_none()
    {
        Assert.Equal(403, (await RefusedAsync(Header([("tid", Bob), ("oid", Ann)]))).Status);

        var caller = await IdentifyAsync(Header([("tid", Bob.ToUpperInvariant()), ("oid", Ann)]), tenant: Bob);
        Assert.Equal($"{Bob.ToUpperInvariant()}/{Ann}", caller.Who);
    }

    [Fact]
    public async Task What_is_nearly_a_role_is_none()
    {
        var caller = await IdentifyAsync(
            Header([
                ("tid", Tenant),
                ("oid", Ann),
                .. new[] { "operator", "Admin", "0", "Operator ", "Auditor" }.Select(role => ("roles", role)),
            ])
        );

        Assert.Equal([Role.Auditor], caller.Roles);
    }

    [Theory]
    [InlineData(" Ann\u0007 Bell ", "Ann Bell")]
    [InlineData("\u0007", null)]
    [InlineData("", null)]
    public void A_name_is_shown_as_a_page_can_show_it(string name, string? shown) =>
        Assert.Equal(shown, Caller.NameOf([name]));

    [Fact]
    public void Of_two_names_none_is_shown_and_of_a_long_one_a_hundred_letters()
    {
        Assert.Null(Caller.NameOf([]));
        Assert.Null(Caller.NameOf(["Ann", "Bob"]));
        Assert.Equal("Ann", Caller.NameOf(["Ann", "Ann"]));
        Assert.Equal(new string('a', 100), Caller.NameOf([new string('a', 101)]));
    }

    [Fact]
    public void Whoever_acts_is_recorded_with_the_roles_that_the_act_asked_for()
    {
        var caller = new Caller("city/ann", new HashSet<Role> { Role.Viewer, Role.Preparer, Role.Approver })
        {
            Name = "Ann Bell",
        };

        Assert.Equal(new Person("city/ann", "Ann Bell", null), caller.ToPerson());
        Assert.Equal(
            new Person("city/ann", "Ann Bell", "Preparer, Approver"),
            (caller with { ActsAs = [Role.Preparer, Role.Approver] }).ToPerson()
        );
    }

    [Fact]
    public void A_request_keeps_its_caller_and_has_none_before()
    {
        var http = new DefaultHttpContext();
        var caller = new Caller("city/ann", new HashSet<Role>());
        Assert.Null(Caller.Of(http));

        caller.KeepIn(http);

        Assert.Same(caller, Caller.Of(http));
    }

    private static async Task<AccessDeniedException> RefusedAsync(params string[] headers) =>
        await Assert.ThrowsAsync<AccessDeniedException>(() => IdentifyAsync(headers, Tenant));

    private static Task<Caller> IdentifyAsync(string header, string tenant = Tenant) => IdentifyAsync([header], tenant);

    private static Task<Caller> IdentifyAsync(string[] headers, string tenant)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = headers;
        return new EasyAuthIdentity(new IdentityOptions { TenantId = tenant }).IdentifyAsync(http);
    }

    private static string Header(IEnumerable<(string Typ, string Val)> claims) => Base64(Json(claims));

    // Blanks behind the JSON, so that the header has exactly so many characters.
    private static string Filled(int length) => Base64(Json([("tid", Tenant), ("oid", Ann)]).PadRight(length / 4 * 3));

    private static string Json(IEnumerable<(string Typ, string Val)> claims) =>
        $$"""{"claims":[{{string.Join(',', claims.Select(it => $$"""{"typ":"{{it.Typ}}","val":"{{it.Val}}"}"""))}}]}""";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
