using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Members;

/// <summary>Language tags of BCP 47 (RFC 5646), such as <c>en</c>, <c>pt-BR</c> or <c>zh-Hant-TW</c>.</summary>
public static partial class LanguageTag
{
    /// <summary>The longest tag, in characters: the length that RFC 5646 (4.4.1) requires every implementation to support.</summary>
    public const int MaxLength = 35;

    // Languages that may come before an extended language: zh-yue is yue.
    private static readonly string[] Macrolanguages = ["ar", "kok", "lv", "ms", "sgn", "sw", "uz", "zh"];

    /// <summary>Reads a tag and returns its canonical form (RFC 5646, 4.5). Null if it is not well-formed.</summary>
    /// <remarks>
    /// Aliases are replaced: <c>tl</c> by <c>fil</c>, <c>iw</c> by <c>he</c>, <c>deu</c> by <c>de</c>, <c>zh-yue</c> by <c>yue</c>,
    /// <c>i-klingon</c> by <c>tlh</c>, <c>en-UK</c> by <c>en-GB</c>; the case becomes the usual one. A canonical tag does not change. The
    /// language must have two or three letters. The grammar allows up to eight, but no language has so many, and <c>english</c> is a
    /// mistake.
    /// </remarks>
    public static string? Find(string? tag)
    {
        tag = tag?.Trim();
        if (tag is not { Length: > 0 and <= MaxLength } || !Ascii.IsValid(tag)
            || Grammar().Match(Regular(tag).ToLowerInvariant()) is not { Success: true } match)
        {
            return null;
        }

        string Part(string group) => match.Groups[group].Value;
        var language = Macrolanguages.Contains(Part("language")) && match.Groups["extended"].Captures is [var extended]
            ? extended.Value
            : Part("language") + Part("unknown");
        var (script, region) = (Title(Part("script")), Part("region").ToUpperInvariant());
        if (LanguageAliases.Languages.TryGetValue(language, out var alias))
        {
            var parts = alias.Split('-');
            language = parts[0];
            script = parts is [_, { Length: 4 } brought] && script.Length == 0 ? brought : script;
            region = parts is [_, { Length: 2 } place] && region.Length == 0 ? place : region;
        }

        var canonical = string.Join('-', new[] { language, script, LanguageAliases.Regions.GetValueOrDefault(region, region) }
            .Concat(match.Groups["variant"].Captures
                .Select(variant => LanguageAliases.Variants.GetValueOrDefault(variant.Value, variant.Value)))
            .Concat(match.Groups["extension"].Captures.Select(extension => extension.Value).Order(StringComparer.Ordinal))
            .Append(Part("private"))
            .Where(part => part.Length > 0));
        return canonical.Length <= MaxLength ? canonical : null;
    }

    /// <summary>
    /// The ranges that find a tag by basic filtering (RFC 4647): <c>pt</c> and <c>pt-BR</c> find <c>pt-BR</c>. A related language or script
    /// also finds it: <c>zh</c> finds <c>yue</c>, <c>no</c> finds <c>nb</c>, <c>zh-Hant</c> finds <c>zh-TW</c>.
    /// </summary>
    public static IEnumerable<string> Ranges(string tag)
    {
        var canonical = Find(tag) ?? tag;
        return Prefixes(canonical).Concat(Kin(canonical) is { } kin ? Prefixes(kin) : [])
            .Concat(ScriptOf(canonical)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The stored forms that a range must find: the range, and its former two-letter code if it had one.</summary>
    /// <remarks>Older profiles have tags as their members sent them. The next change of a profile makes them canonical.</remarks>
    public static IEnumerable<string> Stored(string range)
    {
        yield return range;
        foreach (var (today, former) in LanguageAliases.Former)
        {
            if (range == today || range.StartsWith(today + "-", StringComparison.Ordinal))
            {
                yield return former + range[today.Length..];
            }
        }
    }

    /// <summary>Replaces an irregular beginning of a tag.</summary>
    private static string Regular(string tag)
    {
        for (var end = tag.Length; end > 0; end = tag.LastIndexOf('-', end - 1))
        {
            if (LanguageAliases.Tags.TryGetValue(tag[..end], out var regular))
            {
                return regular + tag[end..];
            }
        }

        return tag;
    }

    private static IEnumerable<string> Prefixes(string tag)
    {
        for (var end = tag.IndexOf('-', StringComparison.Ordinal); end > 0; end = tag.IndexOf('-', end + 1))
        {
            yield return tag[..end];
        }

        yield return tag;
    }

    private static string? Kin(string tag)
    {
        var language = tag.Split('-')[0];
        return LanguageAliases.Kin.TryGetValue(language, out var kin) ? kin + tag[language.Length..] : null;
    }

    private static string[] ScriptOf(string tag) => tag switch
    {
        "zh-CN" or "zh-MY" or "zh-SG" => ["zh-Hans"],
        "zh-HK" or "zh-MO" or "zh-TW" => ["zh-Hant"],
        _ => [],
    };

    private static string Title(string script) => script.Length > 0 ? char.ToUpperInvariant(script[0]) + script[1..] : script;

    // "Unknown" is an extended language after a language that cannot have one. It is kept.
    [GeneratedRegex(
        """
        ^(?<language>[a-z]{2,3})(?<unknown>(-(?<extended>[a-z]{3})){0,3})
        (-(?<script>[a-z]{4}))?
        (-(?<region>[a-z]{2}|[0-9]{3}))?
        (-(?<variant>[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
        (-(?<extension>[a-wyz0-9](-[a-z0-9]{2,8})+))*
        (-(?<private>x(-[a-z0-9]{1,8})+))?\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}

/// <summary>Aliases of language codes and tags. Profiles and filters have only the canonical form.</summary>
/// <remarks>
/// From CLDR 48 (language aliases, which include ISO 639-2 and the deprecated codes of the IANA registry), taken in November 2026, and the
/// grandfathered and redundant tags of that registry. Browsers use the same data, so clients and the service agree.
/// </remarks>
internal static class LanguageAliases
{
    /// <summary>Languages by alias. A replacement can add a script or region, unless the tag has its own.</summary>
    public static IReadOnlyDictionary<string, string> Languages { get; } = Read(
        """
        aam=aas aar=aa abk=ab adp=dz afr=af agp=apf ais=ami ajp=apc ajt=aeb aju=jrb aka=ak alb=sq als=sq amh=am ara=ar arb=ar arg=an arm=hy
        asd=snz asm=as aue=ktz ava=av ave=ae aym=ay ayr=ay ayx=nun aze=az azj=az bak=ba bam=bm baq=eu baz=nvo bcc=bal bcl=bik bel=be ben=bn
        bgm=bcg bhk=fbl bic=bir bih=bho bis=bi bjd=drl bjq=bzc bkb=ebk blg=iba bod=bo bos=bs bre=br btb=beb bul=bg bur=my bxk=luy bxr=bua
        cat=ca ccq=rki ces=cs cha=ch che=ce chi=zh chu=cu chv=cv cjr=mom cka=cmr cld=syr cls=sa cmk=xch cmn=zh cnr=sr-ME cor=kw cos=co
        coy=pij cqu=quh cre=cr cwd=cr cym=cy cze=cs daf=dnj dan=da dap=njz dek=sqm deu=de dgo=doi dhd=mwr dik=din diq=zza dit=dif div=dv
        djl=dze dkl=aqd drh=mn drr=kzk drw=fa-AF dud=uth duj=dwu dut=nl dwl=dbt dzo=dz ekk=et ell=el elp=amq emk=man eng=en epo=eo esk=ik
        est=et eus=eu ewe=ee fao=fo fas=fa fat=ak fij=fj fin=fi fra=fr fre=fr fry=fy fuc=ff ful=ff gav=dev gaz=om gbc=wny gbo=grb geo=ka
        ger=de gfx=vaj ggn=gvr ggo=esg ggr=gtu gio=aou gla=gd gle=ga glg=gl gli=kzk glv=gv gno=gon gom=kok gre=el grn=gn gti=nyc gug=gn
        guj=gu guv=duz gya=gba hat=ht hau=ha hbs=sr-Latn hdn=hai hea=hmn heb=he her=hz him=srx hin=hi hmo=ho hrr=jal hrv=hr hun=hu hye=hy
        ibi=opa ibo=ig ice=is ido=io iii=ii ike=iu iku=iu ile=ie ill=ilm ilw=gal in=id ina=ia ind=id ipk=ik isl=is ita=it iw=he izi=eza
        jar=jgk jav=jv jaw=jv jeg=oyb ji=yi jpn=ja jw=jv kal=kl kan=kn kas=ks kat=ka kau=kr kaz=kk kdv=zkd kgc=tdf kgd=ncq kgh=kml kgm=plu
        khk=mn khm=km kik=ki kin=rw kir=ky kmr=ku knc=kr kng=kg koj=kwv kom=kv kon=kg kor=ko kpp=jkm kpv=kv krm=bmf ktr=dtp kua=kj kur=ku
        kvs=gdj kwq=yam kxe=tvd kxl=kru kzh=dgl kzj=dtp kzt=dtp lak=ksp lao=lo lat=la lav=lv lbk=bnc leg=enl lii=raq lim=li lin=ln lit=lt
        llo=ngt lmm=rmx ltz=lb lub=lu lug=lg lvs=lv mac=mk mah=mh mal=ml mao=mi mar=mr may=ms meg=cir mgx=jbk mhr=chm mkd=mk mlg=mg mlt=mt
        mnt=wnn mo=ro mof=xnt mol=ro mon=mn mri=mi msa=ms mst=mry mup=raj mwd=dmw mwj=vaj mya=my myd=aog myt=mry nad=xny nau=na nav=nv
        nbf=nru nbl=nr nbx=gll ncp=kdz nde=nd ndo=ng nep=ne nld=nl nln=azd nlr=nrk nno=nn nns=nbr nnx=ngv nob=nb nom=cbr noo=dtd nor=no
        npi=ne nte=eko nts=pij nxu=bpp nya=ny oci=oc ojg=oj oji=oj ori=or orm=om ory=or oss=os oun=vaj pan=pa pat=kxr pbu=ps pcr=adx per=fa
        pes=fa pli=pi plt=mg pmc=huw pmk=crr pmu=phr pnb=lah pol=pl por=pt ppa=bfy ppr=lcq prp=gu prs=fa-AF pry=prt pus=ps puz=pub que=qu
        quz=qu rmr=emx rmy=rom roh=rm ron=ro rum=ro run=rn rus=ru sag=sg san=sa sap=aqt sca=hle scc=sr scr=hr sgl=isk sh=sr-Latn sin=si
        skk=oyb slk=sk slo=sk slv=sl smd=kmb sme=se smo=sm sna=sn snb=iba snd=sd som=so sot=st spa=es spy=kln sqi=sq src=sc srd=sc srp=sr
        ssw=ss sul=sgd sum=ulw sun=su swa=sw swc=sw-CD swe=sv swh=sw szd=umi tah=ty tam=ta tat=tt tdu=dtp tel=te tgg=bjp tgk=tg tgl=fil
        tha=th thc=tpo thw=ola thx=oyb tib=bo tid=itd tie=ras tir=ti tkk=twm tl=fil tlw=weo tmk=tdg tmp=tyj tne=kak tnf=fa-AF ton=to tpw=tpn
        tsf=taj tsn=tn tso=ts ttq=tmh tuk=tk tur=tr twi=ak uig=ug ukr=uk umu=del unp=wro uok=ema urd=ur uzb=uz uzn=uz ven=ve vie=vi vol=vo
        wel=cy wgw=wgb wit=nol wiw=nwo wln=wa wol=wo xba=cax xho=xh xia=acn xkh=waw xpe=kpe xrq=dmw xsj=suj xsl=den xss=zko ybd=rki ydd=yi
        yen=ynq yid=yi yiy=yrm yma=lrr ymt=mtm yor=yo yos=zom yuu=yug zai=zap zha=za zho=zh zir=scv zkb=kjh zsm=ms zul=zu zyb=za
        """);

    /// <summary>Irregular tags, and tags that mean something else than their parts. More parts may follow.</summary>
    public static IReadOnlyDictionary<string, string> Tags { get; } = Read(
        """
        i-ami=ami i-bnn=bnn i-hak=hak i-klingon=tlh i-lux=lb i-navajo=nv i-pwn=pwn i-tao=tao i-tay=tay i-tsu=tsu art-lojban=jbo
        cel-gaulish=xtg en-GB-oed=en-GB-oxendict hy-arevela=hy hy-arevmda=hyw no-bok=nb no-nyn=nn zh-guoyu=zh zh-hakka=hak zh-min-nan=nan
        zh-xiang=hsn sgn-BE-FR=sfb sgn-BE-NL=vgt sgn-CH-DE=sgg sgn-BR=bzs sgn-CO=csn sgn-DE=gsg sgn-DK=dsl sgn-ES=ssp sgn-FR=fsl sgn-GB=bfi
        sgn-GR=gss sgn-IE=isg sgn-IT=ise sgn-JP=jsl sgn-MX=mfs sgn-NI=ncs sgn-NL=dse sgn-NO=nsi sgn-PT=psr sgn-SE=swl sgn-US=ase sgn-ZA=sfs
        """);

    /// <summary>Regions by a former code, and by <c>UK</c>, which is common but not a region code.</summary>
    public static IReadOnlyDictionary<string, string> Regions { get; } =
        Read("AN=CW BU=MM CS=RS DD=DE FX=FR NT=SA TP=TL UK=GB YD=YE YU=RS ZR=CD");

    /// <summary>Variants by a former name.</summary>
    public static IReadOnlyDictionary<string, string> Variants { get; } = Read("heploc=alalc97 polytoni=polyton");

    /// <summary>Languages that a search for a related one also finds: Chinese, Arabic and Norwegian languages.</summary>
    public static IReadOnlyDictionary<string, string> Kin { get; } = Read(
        """
        nb=no nn=no no=nb
        cdo=zh cjy=zh cnp=zh cpx=zh csp=zh czh=zh czo=zh gan=zh hak=zh hsn=zh lzh=zh mnp=zh nan=zh wuu=zh yue=zh
        abv=ar acm=ar acq=ar acw=ar acx=ar acy=ar adf=ar aeb=ar aec=ar afb=ar apc=ar apd=ar arq=ar ars=ar ary=ar arz=ar avl=ar ayh=ar ayl=ar
        ayn=ar ayp=ar
        """);

    /// <summary>Former two-letter codes, which older profiles may have, by the current code.</summary>
    public static IReadOnlyDictionary<string, string> Former { get; } = Languages.Where(alias => alias.Key.Length == 2).ToDictionary(
        alias => alias.Value, alias => alias.Key, StringComparer.Ordinal);

    private static Dictionary<string, string> Read(string table) => table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split('='))
        .ToDictionary(sides => sides[0], sides => sides[1], StringComparer.OrdinalIgnoreCase);
}
