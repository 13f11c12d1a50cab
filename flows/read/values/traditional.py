"""Traditional characters in names of countries and units, as the simplified ones that are meant."""

import re

_TRADITIONAL = (
    "國韓蘭義亞羅爾馬紐聯臺灣廳農業學術衛財經濟資環發態會鄉縣區務員醫護處辦東陽廣寧達樂貢瀘綿內壩涼層團體教設監質檢應訊電"
    "機構際貿運輸儀園綠進職專員術軍屬營銷規劃網絡龍興華瑞點師範理圖書館歷閣畫藝廠礦鋼鐵車輪滬渝榮昇勝陸豐遼滿爐冊決溝單"
    "島歐敘維薩雲陝貴蘇滬塞內與齊魯總統務長門閩開關緬賓紹剛納賽盧"
)
_SIMPLIFIED = (
    "国韩兰义亚罗尔马纽联台湾厅农业学术卫财经济资环发态会乡县区务员医护处办东阳广宁达乐贡泸绵内坝凉层团体教设监质检应讯电"
    "机构际贸运输仪园绿进职专员术军属营销规划网络龙兴华瑞点师范理图书馆历阁画艺厂矿钢铁车轮沪渝荣升胜陆丰辽满炉册决沟单"
    "岛欧叙维萨云陕贵苏沪塞内与齐鲁总统务长门闽开关缅宾绍刚纳赛卢"
)
_MEANT = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_ANY = re.compile(f"[{''.join(sorted({t for t, s in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if t != s}))}]")


def simplified(text: str) -> str:
    """The text in simplified characters, as far as names of countries and units need them."""
    return text.translate(_MEANT) if _ANY.search(text) else text
