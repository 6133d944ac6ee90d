package tagger

import "strings"

// honorifics are words before a name that are no part of it.
var honorifics = map[string]gender{
	"mr": male, "sir": male, "lord": male, "king": male, "prince": male, "pope": male,
	"mullah": male, "maulvi": male, "mawlawi": male, "molvi": male, "khalifa": male,
	"sheikh": male, "sheik": male, "shaikh": male, "imam": male, "ayatollah": male,
	"haji": male, "emir": male, "sultan": male, "father": male, "brother": male, "fr": male,
	"mrs": female, "ms": female, "miss": female, "madam": female, "mme": female,
	"dame": female, "lady": female, "queen": female, "princess": female, "sister": female,
	"dr": anyGender, "prof": anyGender, "professor": anyGender, "doctor": anyGender,
	"president": anyGender, "chancellor": anyGender, "premier": anyGender, "minister": anyGender,
	"senator": anyGender, "sen": anyGender, "rep": anyGender, "congressman": male,
	"congresswoman": female, "governor": anyGender, "gov": anyGender, "mayor": anyGender,
	"general": anyGender, "gen": anyGender, "colonel": anyGender, "col": anyGender,
	"major": anyGender, "maj": anyGender, "captain": anyGender, "capt": anyGender,
	"lieutenant": anyGender, "lt": anyGender, "sergeant": anyGender, "sgt": anyGender,
	"admiral": anyGender, "judge": anyGender, "justice": anyGender, "ambassador": anyGender,
	"secretary": anyGender, "cardinal": male, "archbishop": anyGender, "bishop": anyGender,
	"rev": anyGender, "reverend": anyGender, "rabbi": anyGender, "officer": anyGender,
	"detective": anyGender, "coach": anyGender, "saint": anyGender, "st": anyGender,
}

// nameSuffixes are words after a name that are no part of it.
var nameSuffixes = map[string]bool{
	"jr": true, "sr": true, "phd": true, "md": true,
	"esq": true, "mp": true, "qc": true, "kc": true, "cbe": true, "obe": true, "mbe": true,
	"kbe": true, "frs": true, "msc": true, "mba": true,
}

// numerals after a family name are a suffix, after a given name they tell one
// king from another.
var numerals = map[string]bool{"ii": true, "iii": true, "iv": true}

// particles join a surname to the word after them: van Gogh, de la Cruz, bin
// Salman, al Assad.
var particles = map[string]bool{
	"van": true, "von": true, "der": true, "den": true, "ter": true, "ten": true, "zu": true,
	"de": true, "da": true, "do": true, "dos": true, "das": true, "del": true, "della": true,
	"di": true, "du": true, "la": true, "le": true, "el": true, "al": true, "bin": true,
	"ibn": true, "bint": true, "ben": true, "abu": true, "af": true, "av": true, "ul": true,
	"y": true, "e": true, "mac": true, "ap": true, "o": true,
}

// familyFirst are surnames that stand first in the names of East Asia, in the
// romanizations of news agencies. They count only in names of two or three
// words, so that "Kim Kardashian" has two surnames and no harm is done.
var familyFirst = wordSet(`an bae baek bai ban bui cai cao chae chan chang chen cheng cheon
	cheung chiang cho choi chong chou chow chu chun chung chow cui dang dao deng ding dinh do
	dong doan duan duong fan fang feng fu fung gao ge geng go gong gu guo ha hahn han hao he
	heo ho hoang hong hou hsieh hsu hu hua huang hun hung huynh hwang im jang jeon jeong ji
	jia jiang jiao jin jo joo ju jung kang kim ko kong koo ku kuo kwak kwok kwon lai lam lau
	law le lee leong leung li liang liao lim lin ling liu lo long lu luo luong lv ly ma mai
	mao meng min mo moon na nam ng ngo nguyen nie no noh oh ong pae pak pan pang park peng
	pham phan phung qian qiao qin qiu quach ren ri rhee roh ryu seo shan shao shen shi shim
	shin sin so son song su suh sun tai tam tan tang tao teo thach tian ting to tong tran
	trinh truong tsai tsang tse tu vo vu wan wang wee wei wen wong woo wu xi xia xiang xiao
	xie xin xing xiong xu xue yan yang yao ye yeo yeoh yeon yi yim yin ying yoo yoon you yu
	yuan yue yun zeng zhan zhang zhao zheng zhong zhou zhu zhuang zou`)

func wordSet(s string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// familiar are English short forms of given names.
var familiar = map[string]string{
	"abe": "abraham", "al": "albert", "alex": "alexander", "andy": "andrew", "barb": "barbara",
	"ben": "benjamin", "bernie": "bernard", "beth": "elizabeth", "bill": "william", "bob": "robert",
	"cathy": "catherine", "charlie": "charles", "chris": "christopher", "chuck": "charles",
	"dan": "daniel", "dave": "david", "debbie": "deborah", "dick": "richard", "don": "donald",
	"ed": "edward", "fred": "frederick", "geoff": "geoffrey", "greg": "gregory", "jack": "john",
	"jake": "jacob", "jeff": "jeffrey", "jim": "james", "jimmy": "james", "joe": "joseph",
	"jon": "jonathan", "josh": "joshua", "kate": "katherine", "kathy": "kathleen", "ken": "kenneth",
	"larry": "lawrence", "liz": "elizabeth", "matt": "matthew", "mike": "michael", "mick": "michael",
	"nick": "nicholas", "pam": "pamela", "pat": "patrick", "pete": "peter", "phil": "philip",
	"ray": "raymond", "rick": "richard", "rob": "robert", "ron": "ronald", "sam": "samuel",
	"sandy": "sandra", "steve": "steven", "sue": "susan", "ted": "edward", "theo": "theodore",
	"tim": "timothy", "tom": "thomas", "tony": "anthony", "vince": "vincent", "vlad": "vladimir",
	"will": "william",
}
