print("switchboard-sandbox")
