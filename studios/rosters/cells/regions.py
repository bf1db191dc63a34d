"""The places at home, as names begin with them: a deployment elsewhere changes these lines."""

REGION = ("内蒙古自治区", "内蒙古")
CITY = ("通辽市", "通辽", "哲里木盟")  # the last is its name before 1999, still in old honours
HONOURS = {"科尔沁工匠": "craftsman:city"}  # of the city, though they bear the name of a district
