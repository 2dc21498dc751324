import { type Country, cities, drivingLicence, families, identityCard, passport, spellings } from "./country";
import { chineseId, japaneseMyNumber } from "./national-numbers";

export const japan: Country = {
  alpha3: "JPN",
  alpha2: "JP",
  mrzCode: "JPN",
  name: "Japan",
  language: "ja",
  currency: "JPY",
  timeZone: "Asia/Tokyo",
  utcOffset: 9,
  female: spellings(
    "Haruka=遥, Misaki=美咲, Yui=結衣, Sakura=さくら, Aoi=葵, Rin=凛, Naomi=直美, Keiko=恵子, Chihiro=千尋, Yoko=陽子",
  ),
  male: spellings(
    "Kenta=健太, Daisuke=大輔, Haruto=陽翔, Takashi=隆, Ryo=涼, Yuto=悠斗, Kazuya=和也, Shota=翔太, Makoto=誠, Sora=空",
  ),
  family: families(
    "Sato=佐藤, Suzuki=鈴木, Takahashi=高橋, Watanabe=渡辺, Ito=伊藤, Yamamoto=山本, Kobayashi=小林, Ono=小野, Hayashi=林, Shimizu=清水, Mori=森, Ishikawa=石川",
  ),
  surnames: "one",
  nativeOrder: "last-first",
  cities: cities(`
    Tokyo=東京都 | Tokyo | 1##-00## | 35.6762 | 139.6503
    Osaka=大阪府 | Osaka | 5##-00## | 34.6937 | 135.5023
    Kyoto=京都府 | Kyoto | 6##-80## | 35.0116 | 135.7681
    Sapporo=札幌市 | Hokkaido | 06#-00## | 43.0618 | 141.3545`),
  streets: spellings("Sakuragaoka=桜ヶ丘, Matsubara=松原町, Midorimachi=緑町, Takenotsuka=竹塚, Umezono=梅園"),
  streetLine: (street, number) => `${street} ${(number % 7) + 1}-${(number % 19) + 1}-${(number % 11) + 1}`,
  flat: (random) => `#${random.int(1, 9)}0${random.int(1, 6)}`,
  addressTail: "city postal",
  phonePrefix: "+81",
  phone: "900000####",
  carriers: ["Sakura Mobile Demo", "Tsubame"],
  internetProviders: ["Tsubame Hikari", "Sakura Net Demo"],
  utilities: ["Midori Denryoku", "Matsubara Gas"],
  banks: ["Umezono Ginko", "Takenotsuka Shinkin"],
  documents: [
    identityCard({
      title: "個人番号カード",
      authority: "見本市長",
      weight: 2,
      mrz: null,
      script: "native",
      showsAddress: true,
      number: japaneseMyNumber,
    }),
    passport({
      title: "旅券",
      authority: "見本旅券事務所",
      script: "both",
      number: (random) => random.pattern("T@00#####"),
    }),
    drivingLicence({
      title: "運転免許証",
      authority: "見本公安委員会",
      weight: 1,
      validYears: 5,
      script: "native",
      number: (random) => random.pattern("99##########"),
    }),
  ],
  theme: { primary: "#8c3a4e", accent: "#4e7f79", paper: "#fdf3f3", motif: "waves", layout: "right" },
  registry: {
    name: "Legal Affairs Bureau",
    forms: ["K.K.", "G.K."],
    number: (random) => random.pattern("9999-01-######"),
    tax: (random) => random.pattern("T9999########9"),
    capital: [1_000_000, 90_000_000],
  },
};

export const china: Country = {
  alpha3: "CHN",
  alpha2: "CN",
  mrzCode: "CHN",
  name: "China",
  language: "zh",
  currency: "CNY",
  timeZone: "Asia/Shanghai",
  utcOffset: 8,
  female: spellings(
    "Xiuying=秀英, Meiling=美玲, Jing=静, Yan=燕, Xiaomei=晓梅, Lihua=丽华, Yuqing=雨晴, Ying=颖, Na=娜, Xue=雪",
  ),
  male: spellings(
    "Wei=伟, Jianguo=建国, Haoran=浩然, Ming=明, Qiang=强, Zhiyuan=志远, Peng=鹏, Lei=磊, Guohua=国华, Yichen=奕辰",
  ),
  family: families(
    "Wang=王, Li=李, Zhang=张, Liu=刘, Chen=陈, Yang=杨, Zhao=赵, Huang=黄, Ouyang=欧阳, Lyu=吕, Xu=徐, Situ=司徒",
  ),
  surnames: "one",
  nativeOrder: "last-first-joined",
  cities: cities(`
    Shanghai=上海市 | Shanghai | 2000## | 31.2304 | 121.4737
    Beijing=北京市 | Beijing | 1000## | 39.9042 | 116.4074
    Guangzhou=广州市 | Guangdong | 5100## | 23.1291 | 113.2644
    Chengdu=成都市 | Sichuan | 6100## | 30.5728 | 104.0668`),
  streets: spellings(
    "Liuyin Road=柳荫路, Taohua Street=桃花街, Yunhe Road=云河路, Qingsong Road=青松路, Hehua Lane=荷花巷",
  ),
  streetLine: (street, number) => `${number} ${street}`,
  flat: (random) => `Room ${random.int(1, 30)}0${random.int(1, 8)}`,
  addressTail: "city postal",
  phonePrefix: "+86",
  phone: "13000000###",
  carriers: ["Taohua Mobile", "Yunhe Telecom"],
  internetProviders: ["Yunhe Broadband", "Taohua Net"],
  utilities: ["Qingsong Electricity", "Hehua Water"],
  banks: ["Liuyin Bank", "Bank of Yunhe"],
  documents: [
    identityCard({
      title: "居民身份证",
      authority: "样本市公安局",
      weight: 2,
      mrz: null,
      script: "native",
      showsAddress: true,
      number: chineseId,
    }),
    passport({
      title: "护照",
      authority: "样本出入境管理局",
      script: "both",
      number: (random) => random.pattern("E@00#####"),
    }),
  ],
  theme: { primary: "#355f7c", accent: "#b3452f", paper: "#f1f6f6", motif: "rays", layout: "right" },
  registry: {
    name: "Administration for Market Regulation",
    forms: ["Co., Ltd."],
    number: (random) => random.pattern("99999999MA@@####0@"),
    tax: (random) => random.pattern("99999999MA@@####0@"),
    capital: [500_000, 20_000_000],
  },
};
